package io.signalbox.cli;

import io.signalbox.cli.engine.ExitCode;
import io.signalbox.cli.engine.SelfClasspath;
import io.signalbox.cli.view.JsonView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "version",
        description = "Show the version of signalbox and of the Java it runs on.",
        footer = {"", "Example:", "  signalbox version --json"})
final class VersionCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private JsonOption json;

    VersionCommand(final Console console) {
        this.console = console;
    }

    static String version() {
        final String version = VersionCommand.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public Integer call() {
        final String java = System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version");
        final String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (json.isJson()) {
            final ObjectNode node = JsonView.MAPPER.createObjectNode();
            node.put("signalbox", version());
            node.put("java", java);
            node.put("java_home", System.getProperty("java.home"));
            node.put("system", system);
            node.put("classpath", SelfClasspath.text());
            console.out().print(JsonView.MAPPER.writeValueAsString(node) + "\n");
        } else {
            console.out().println("signalbox " + version());
            console.out().println(java + " (" + System.getProperty("java.home") + ")");
            console.out().println(system);
        }
        return ExitCode.DONE.code();
    }
}
