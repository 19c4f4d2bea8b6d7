package io.signalbox.cli;

/** The whole command line in a process of its own, over the simplest engine. */
public final class SequentialMain {
    private SequentialMain() {}

    public static void main(final String[] args) {
        System.exit(Main.execute(Console.standard(SequentialEngine::new), args));
    }
}
