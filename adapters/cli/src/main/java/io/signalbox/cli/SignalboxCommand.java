package io.signalbox.cli;

import io.signalbox.cli.engine.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

@Command(
        name = "signalbox",
        description = "Run workflows of programs: in parallel, journaled, resumable after a crash.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  signalbox run workflow.yaml        run it, watch it",
            "  signalbox resume                   continue after a crash, a stop or a failure",
            "  signalbox inspect                  see what the newest run did",
            "  signalbox COMMAND --help           the options of a command, with examples"
        })
// picocli reads the fields
@SuppressWarnings("unused")
final class SignalboxCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    private boolean isHelpAsked;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version; the command version shows more.")
    private boolean isVersionAsked;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Show where a fault came from; SIGNALBOX_DEBUG=1 does the same.")
    private boolean isDebug;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "expected a command, got none");
    }

    /** The whole command line, ready to be executed. */
    static CommandLine commandLine(final Console console) {
        final CommandLine commandLine = new CommandLine(new SignalboxCommand());
        commandLine.addSubcommand(new RunCommand(console));
        commandLine.addSubcommand(new ResumeCommand(console));
        commandLine.addSubcommand(new ListCommand(console));
        commandLine.addSubcommand(new InspectCommand(console));
        commandLine.addSubcommand(new ExplainCommand(console));
        commandLine.addSubcommand(new ReplayCommand(console));
        commandLine.addSubcommand(new DiffCommand(console));
        commandLine.addSubcommand(new ForkCommand(console));
        commandLine.addSubcommand(new ApproveCommand(console));
        commandLine.addSubcommand(new CancelCommand(console));
        commandLine.addSubcommand(new VersionCommand(console));
        commandLine.getCommandSpec().versionProvider(() -> new String[] {"signalbox " + VersionCommand.version()});
        commandLine.setExpandAtFiles(false);
        commandLine.setUsageHelpAutoWidth(true);
        commandLine.setExitCodeExceptionMapper(e -> ExitCode.INTERNAL_FAULT.code());
        return commandLine;
    }
}
