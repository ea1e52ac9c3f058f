package groupsync;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.errorhandler.DeadLetterChannelDefinition;
import org.apache.camel.spi.RouteTopologyDumper.TopologyExternalEndpoint;
import org.apache.camel.support.PluginHelper;

/** Draws the routes of a context as a <a href="https://mermaid.js.org">Mermaid</a> flow chart. */
final class RoutesPicture {

    private RoutesPicture() {}

    /** All routes, not started. */
    static CamelContext context() throws Exception {
        var main = GroupSyncApplication.create(Map.of(
                "events.group-names",
                "true",
                "zoom.group-ids-file",
                "src/test/resources/group-ids.csv",
                "zoom.access-token",
                "a-token",
                "management.port",
                "0"));
        main.configure().withAutoStartup(false);
        main.init();
        return main.getCamelContext();
    }

    static String mermaid(CamelContext context) {
        var topology = PluginHelper.getRouteTopologyDumper(context).dumpTopology(context);
        var routes = topology.edges().stream().map(edge -> edge.fromRouteId() + " --> " + edge.toRouteId());
        var outside = topology.externalEndpoints().stream()
                .filter(endpoint -> !endpoint.scheme().equals("timer"))
                .map(RoutesPicture::outside);
        var refused =
                ((ModelCamelContext) context).getRouteDefinitions().stream().flatMap(RoutesPicture::refused);
        var chosen =
                ((ModelCamelContext) context).getRouteDefinitions().stream().flatMap(RoutesPicture::chosen);
        return Stream.of(routes, outside, refused, chosen)
                .flatMap(arrows -> arrows)
                .sorted()
                .map(arrow -> "    " + arrow)
                .collect(Collectors.joining("\n", "```mermaid\nflowchart LR\n", "\n```\n"));
    }

    /** A topic, or Zoom. */
    private static String outside(TopologyExternalEndpoint endpoint) {
        var topic = endpoint.uri().replaceAll("kafka:\\{\\{(.*)}}", "$1");
        var node = topic.equals(endpoint.uri()) ? "zoom((Zoom))" : topic + "[(" + topic + ")]";
        return endpoint.direction().equals("in")
                ? node + " --> " + endpoint.routeId()
                : endpoint.routeId() + " --> " + node;
    }

    /** The topology does not know the value of a placeholder. This one has two. */
    private static Stream<String> chosen(RouteDefinition route) {
        return ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDefinition.class).stream()
                .filter(step -> step.getUri().equals("direct:{{updates.route}}"))
                .flatMap(step -> Stream.of("patch-zoom-group", "compare-zoom-group"))
                .map(target -> route.getRouteId() + " --> " + target);
    }

    /** The way to the dead letters is no step of a route. */
    private static Stream<String> refused(RouteDefinition route) {
        return route.getErrorHandlerFactory() instanceof DeadLetterChannelDefinition channel
                ? Stream.of(route.getRouteId() + " -. refused .-> "
                        + channel.getDeadLetterUri().replace("direct:", ""))
                : Stream.of();
    }
}
