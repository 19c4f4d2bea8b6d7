package io.signalbox.cli.process;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts attempts for tests, in the folder of the test. */
final class Attempts {
    static final long WAIT_S = 30;

    private final Path folder;
    private final Map<String, String> inherited = new HashMap<>(System.getenv());

    Attempts(final Path folder) {
        this.folder = folder;
    }

    Attempts with(final String name, final String value) {
        inherited.put(name, value);
        return this;
    }

    AttemptSpec spec(final Command command, final Map<String, String> env, final List<String> secrets) {
        return new AttemptSpec("20261121-101530-x7k2", "step", 1, command, folder, inherited, env, secrets, files());
    }

    AttemptFiles files() {
        return new AttemptFiles(folder.resolve("out"), folder.resolve("stdout"), folder.resolve("stderr"));
    }

    AttemptEnd run(final Command command) throws Exception {
        return run(spec(command, Map.of(), List.of()));
    }

    AttemptEnd run(final AttemptSpec spec) throws Exception {
        final List<String> values =
                spec.secrets().stream().map(name -> spec.inherited().get(name)).toList();
        final StepProcess process = StepProcess.spawn(spec, Masker.of(values));
        process.go();
        return await(process);
    }

    StepProcess start(final String script) throws Exception {
        final StepProcess process =
                StepProcess.spawn(spec(new Command.Shell(script), Map.of(), List.of()), Masker.NONE);
        process.go();
        return process;
    }

    static AttemptEnd await(final StepProcess process) throws Exception {
        return process.end().get(WAIT_S, TimeUnit.SECONDS);
    }

    AttemptEnd shell(final String script) throws Exception {
        return run(new Command.Shell(script));
    }

    AttemptEnd exec(final String... argv) throws Exception {
        return run(new Command.Exec(List.of(argv)));
    }
}
