package io.signalbox.cli;

import io.signalbox.cli.draw.Dag;
import io.signalbox.cli.draw.Dot;
import io.signalbox.cli.draw.Svg;
import io.signalbox.cli.engine.CommandException;
import io.signalbox.cli.engine.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Draws instead of what the command does otherwise. */
final class DrawOptions {
    @ArgGroup(exclusive = true, multiplicity = "0..1")
    private Format format = new Format();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "PATH",
            description = "With --dot or --svg: write to this file, not to standard output.")
    private Path output;

    static final class Format {
        @Option(names = "--dot", description = "Draw the steps for Graphviz.")
        private boolean isDot;

        @Option(names = "--svg", description = "Draw the steps as an SVG picture.")
        private boolean isSvg;
    }

    boolean isAsked() {
        return format.isDot || format.isSvg;
    }

    /** Refuses {@code --output} without a format. */
    void check() throws CommandException {
        if (output != null && !isAsked()) {
            throw new CommandException(
                    ExitCode.WRONG_USE, "--output goes with --dot or --svg, neither was given: add one of them");
        }
    }

    void draw(final Dag dag, final Console console) throws CommandException {
        final String picture = format.isDot ? Dot.render(dag) : Svg.render(dag);
        if (output == null) {
            console.out().print(picture);
            return;
        }
        try {
            Files.writeString(output, picture);
        } catch (final IOException e) {
            throw new CommandException(
                    ExitCode.WRONG_USE, "cannot write the picture to " + output + ": " + Faults.reason(e), e);
        }
    }
}
