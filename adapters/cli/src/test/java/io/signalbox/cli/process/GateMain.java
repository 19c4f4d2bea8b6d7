package io.signalbox.cli.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Brings an attempt to its gate, tells who it is, and never opens it. */
public final class GateMain {
    private GateMain() {}

    public static void main(final String[] args) throws Exception {
        final AttemptSpec spec =
                new Attempts(Path.of(args[0])).spec(new Command.Shell("touch ran"), Map.of(), List.of());
        final StepProcess process = StepProcess.spawn(spec, Masker.NONE);
        System.out.println(process.identity().text());
        System.out.flush();
        process.end().join();
    }
}
