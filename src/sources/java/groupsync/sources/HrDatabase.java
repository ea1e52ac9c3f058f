package groupsync.sources;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** A real PostgreSQL on loopback with the table of the example, in a temporary directory. */
final class HrDatabase implements AutoCloseable {

    private static final Path TABLE = Path.of("examples", "hr", "hr_group.sql");

    private final EmbeddedPostgres server;
    private final Connection connection;

    HrDatabase() {
        try {
            // Debezium reads the write-ahead log.
            server = EmbeddedPostgres.builder()
                    .setServerConfig("wal_level", "logical")
                    .start();
            connection = server.getPostgresDatabase().getConnection();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start", e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        execute(read(TABLE));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getPort();
    }

    /** The settings of the connector for this database. */
    Map<String, String> settings() {
        return Map.of(
                "HR_DATABASE_HOST", "127.0.0.1",
                "HR_DATABASE_PORT", String.valueOf(port()),
                "HR_DATABASE_NAME", "postgres",
                "HR_DATABASE_USER", "postgres",
                // It trusts every user on loopback.
                "HR_DATABASE_PASSWORD", "none",
                "HR_TABLE", "public.hr_group");
    }

    /**
     * Runs statements in one transaction.
     *
     * @return the number of rows that the first one changed
     * @throws IllegalArgumentException with PostgreSQL's words
     */
    int execute(String sql) {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
            return Math.max(0, statement.getUpdateCount());
        } catch (SQLException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** The name and type of each group of the table that is in Zoom, by its id there. */
    Map<String, Map<String, String>> groups() {
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery("SELECT zoom_id, name, type FROM hr_group WHERE zoom_id IS NOT NULL")) {
            var groups = new TreeMap<String, Map<String, String>>();
            while (rows.next()) {
                groups.put(rows.getString(1), Map.of("name", rows.getString(2), "type", rows.getString(3)));
            }
            return groups;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
            server.close();
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("PostgreSQL did not stop", e);
        }
    }
}
