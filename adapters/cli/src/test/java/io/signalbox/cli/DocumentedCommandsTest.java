package io.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.docs.Documents;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Every signalbox command that a document shows is one that the command line takes, and its manual leaves nothing out. */
class DocumentedCommandsTest {
    private static final Path MANUAL = Path.of("docs/command-line.md");
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])(--?[a-z][a-z-]*)");

    static List<Documents.CommandLine> shown() {
        return Documents.all().stream()
                .flatMap(document -> Documents.commandLines(document).stream())
                .filter(line -> line.program().equals("signalbox"))
                .filter(line -> line.arguments().stream().noneMatch(word -> word.matches("COMMAND|\\[.*|.*\\.\\.\\.")))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("shown")
    void shouldTakeEveryCommandThatADocumentShows(final Documents.CommandLine line) {
        final ParseResult result = commandLine().parseArgs(line.arguments().toArray(String[]::new));
        assertThat(result.hasSubcommand() || result.isVersionHelpRequested() || result.isUsageHelpRequested())
                .isTrue();
    }

    @Test
    void shouldListEveryCommandInTheManual() {
        final Set<String> listed = new TreeSet<>();
        for (final String line : Documents.lines(MANUAL)) {
            final Matcher row = Pattern.compile("\\| `([a-z]+)[ `].*").matcher(line);
            if (row.matches() && line.split("\\|").length == 3) {
                listed.add(row.group(1));
            }
        }
        assertThat(listed).containsAll(commandLine().getSubcommands().keySet());
    }

    @Test
    void shouldListEveryOptionInTheManualAndNoOther() {
        final Set<String> known = new TreeSet<>();
        for (final CommandLine command : commandLine().getSubcommands().values()) {
            known.addAll(command.getCommandSpec().optionsMap().keySet());
        }
        final Set<String> listed = new TreeSet<>();
        for (final String line : Documents.lines(MANUAL)) {
            if (line.startsWith("| `-")) {
                final Matcher option = OPTION.matcher(line.split("\\|")[1]);
                while (option.find()) {
                    listed.add(option.group(1));
                }
            }
        }
        assertThat(listed).isEqualTo(known);
    }

    private static CommandLine commandLine() {
        return SignalboxCommand.commandLine(Console.standard(() -> {
            throw new IllegalStateException("no engine is needed to read arguments");
        }));
    }
}
