package io.signalbox.cli;

import picocli.CommandLine.Option;

/** Whether a program reads the answer. */
final class JsonOption {
    @Option(names = "--json", description = "The answer as JSON.")
    private boolean isJson;

    boolean isJson() {
        return isJson;
    }
}
