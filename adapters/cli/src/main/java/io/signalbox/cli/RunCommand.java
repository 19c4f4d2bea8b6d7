package io.signalbox.cli;

import io.signalbox.cli.draw.Drawings;
import io.signalbox.cli.engine.CommandException;
import io.signalbox.cli.engine.ExitCode;
import io.signalbox.cli.engine.Forecast;
import io.signalbox.cli.engine.RunRequest;
import io.signalbox.cli.engine.Selection;
import io.signalbox.cli.view.JsonView;
import io.signalbox.yaml.Inputs;
import io.signalbox.yaml.PatternSteps;
import io.signalbox.yaml.Run;
import io.signalbox.yaml.WorkflowFile;
import io.signalbox.yaml.WorkflowFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        description = {
            "Run a workflow file; or draw it without running it, with --dot or --svg.",
            "Everything a run does is journaled in its own folder, so that it can be continued with resume."
        },
        footer = {
            "",
            "Examples:",
            "  signalbox run workflow.yaml",
            "  signalbox run workflow.yaml -i release=1.2 -i 'title=Hello, world'",
            "  signalbox run workflow.yaml --set 'contracts=[\"a.json\"]' --max-parallel 2",
            "  signalbox run workflow.yaml --dry-run         what would run, in which order, how long",
            "  signalbox run workflow.yaml --dry-run --svg -o plan.svg",
            "  signalbox run workflow.yaml --only test       a step, and what it needs",
            "  signalbox run workflow.yaml --from package    a step, and what needs it; the rest from the last run",
            "  signalbox run workflow.yaml --json | jq -r .event",
            "  signalbox run workflow.yaml --svg -o workflow.svg",
            "",
            "Exit codes: 0 done, 1 the workflow failed, 2 wrong use or file,",
            "3 journal trouble, 4 finished under collect_all with failed steps,",
            "130 stopped by Ctrl-C, 143 stopped by SIGTERM."
        })
final class RunCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "FILE", description = "The workflow file, YAML.")
    private Path file;

    @Option(
            names = {"-i", "--input", "--set"},
            paramLabel = "NAME=VALUE",
            description = "A value for an input that the file declares. As often as needed.")
    private List<String> inputs = new ArrayList<>();

    @Mixin
    private PlanOptions plan;

    @Mixin
    private DataOption data;

    @Mixin
    private ViewOptions view;

    @Mixin
    private DrawOptions drawing;

    RunCommand(final Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandException {
        drawing.check();
        if (file.toString().isEmpty()) {
            throw new CommandException(ExitCode.WRONG_USE, "FILE is an empty text: give the path of a workflow file");
        }
        final Map<String, String> given = given(inputs);
        final WorkflowFile workflow = plan.limited(WorkflowFiles.load(file));
        final Selection selection = plan.selection();
        if (drawing.isAsked() && !plan.isDryRun()) {
            drawing.draw(Drawings.of(selection.of(drawn(workflow, given))), console);
            return ExitCode.DONE.code();
        }
        final RunRequest request = new RunRequest(
                workflow, Inputs.resolve(workflow, given), data.path(), console.environment(), selection);
        if (plan.isDryRun()) {
            show(new DryRun(Forecast.of(request)));
            return ExitCode.DONE.code();
        }
        return new RunningCommand(console)
                .execute(view, (shown, stop) -> console.engine().get().run(request, shown, stop));
    }

    private void show(final DryRun dryRun) throws CommandException {
        if (drawing.isAsked()) {
            drawing.draw(dryRun.drawing(), console);
        } else if (view.isJson()) {
            console.out().println(JsonView.MAPPER.writeValueAsString(dryRun.json()));
        } else {
            dryRun.print(console.out());
        }
    }

    /** Patterns are drawn with their steps, for which the inputs have to be known. */
    private static WorkflowFile drawn(final WorkflowFile workflow, final Map<String, String> given) {
        final boolean hasPatterns = workflow.steps().stream().anyMatch(step -> step.run() instanceof Run.Pattern);
        return hasPatterns ? PatternSteps.expand(workflow, Inputs.resolve(workflow, given)) : workflow;
    }

    private static Map<String, String> given(final List<String> inputs) throws CommandException {
        final Map<String, String> given = new LinkedHashMap<>();
        for (final String input : inputs) {
            final int equals = input.indexOf('=');
            if (equals < 1) {
                throw new CommandException(
                        ExitCode.WRONG_USE,
                        "--input expects NAME=VALUE, got \"" + input + "\": write --input name=value");
            }
            if (given.put(input.substring(0, equals), input.substring(equals + 1)) != null) {
                throw new CommandException(
                        ExitCode.WRONG_USE,
                        "--input " + input.substring(0, equals) + " is given twice: give each input once");
            }
        }
        return given;
    }
}
