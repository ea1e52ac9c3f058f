package groupsync.zoom;

import static groupsync.zoom.Replies.reply;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {

    @Test
    void takesEachCopyOfASecretOut() {
        var wait = Duration.ofMinutes(15);
        var reply = new ZoomReply(Verdict.TOKEN_REFUSED, 401, 124, "token-1 and token-1 again", "rid", wait);

        assertThat(Redaction.of(reply, "token-1"))
                .isEqualTo(new ZoomReply(Verdict.TOKEN_REFUSED, 401, 124, "\u2026 and \u2026 again", "rid", wait));
    }

    @ParameterizedTest
    @CsvSource({"1, 700", "22, 700", "22, 490", "490, 700", "499, 700", "400, 50"})
    void takesTheBeginningOfASecretOutThatTheEndOfAMessageCutOff(int textBefore, int lengthOfSecret) {
        var secret = "eyJ" + "z".repeat(lengthOfSecret - 3);
        var reply = reply(401, 124, "-".repeat(textBefore) + secret + "-".repeat(500));

        assertThat(Redaction.of(reply, secret).message())
                .startsWith("-".repeat(textBefore) + "\u2026")
                .doesNotContain("e", "y", "J", "z");
    }

    @Test
    void leavesOtherRepliesAsTheyAre() {
        var silent = new ZoomReply(Verdict.APPLIED, 204, null, null, "rid", null);
        var other = new ZoomReply(Verdict.GROUP_NOT_FOUND, 404, 4130, "Group does not exist:g.", null, null);

        assertThat(Redaction.of(silent, "token-1")).isEqualTo(silent);
        assertThat(Redaction.of(other, "token-1")).isEqualTo(other);
    }
}
