package io.signalbox.cli.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A workflow with a step of every kind, whose steps write a side log: {@code STEP ATTEMPT start|end|overlap}. A step named in the
 * file {@code hold} with its attempt waits until that file is gone.
 */
final class EveryKind {
    /** Steps that can be held, one of each kind. */
    static final List<String> HELD =
            List.of("each[2]", "document", "fan[1]", "files", "flaky", "long", "child", "argument", "judge", "last");

    private static final String PRELUDE = """
            note() { printf '%s %s %s\\n' "$SIGNALBOX_STEP" "$SIGNALBOX_ATTEMPT" "$1" >>"$SIDE/log"; }
            for known in "$SIDE/pids/$SIGNALBOX_STEP".*; do
                [ -e "$known" ] || continue
                stat=$(cat "/proc/${known##*.}/stat" 2>/dev/null || :)
                case $stat in '' | *') Z '*) ;; *) note overlap ;; esac
            done
            : >"$SIDE/pids/$SIGNALBOX_STEP.$$"
            note start
            hold() {
                while [ "$(cat "$SIDE/hold" 2>/dev/null)" = "$SIGNALBOX_STEP $SIGNALBOX_ATTEMPT" ]; do
                    : >"$SIDE/held.$SIGNALBOX_STEP.$SIGNALBOX_ATTEMPT"
                    sleep 0.02
                done
            }
            hold
            """;

    private static final String TEXT = """
            name: every kind
            concurrency: 3
            inputs:
              side: {type: string}
              words: {default: [one, two, three, four]}
            defaults:
              env: {SIDE: '${inputs.side}'}
            steps:
              - id: each
                foreach: ${inputs.words}
                env: {WORD: '${foreach.item}'}
                run: |
                  . "$SIDE/prelude"
                  printf 'word %s\\n' "$WORD"
                  note end
              - id: document
                needs: each
                result: json
                run: |
                  . "$SIDE/prelude"
                  echo '{"name": "x", "list": [1, 2.50, {"deep": null}], "text": "ž"}'
                  note end
              - id: fan
                needs: document
                foreach: ${steps.document.result.list}
                env: {ITEM: '${foreach.item}'}
                run: |
                  . "$SIDE/prelude"
                  printf 'item %s\\n' "$ITEM"
                  note end
              - id: files
                needs: each
                run: |
                  . "$SIDE/prelude"
                  mkdir -p "$SIGNALBOX_OUT/tree/below"
                  echo "a file" >"$SIGNALBOX_OUT/one.txt"
                  echo "in a tree" >"$SIGNALBOX_OUT/tree/below/two.txt"
                  note end
                outputs: {one: one.txt, tree: tree}
              - id: flaky
                needs: each
                retry: {max: 3, backoff: 50ms, jitter: 0}
                run: |
                  . "$SIDE/prelude"
                  note end
                  [ -e "$SIDE/second" ] || { : >"$SIDE/second"; exit 3; }
                  echo "at last"
              - id: long
                needs: document
                run: |
                  . "$SIDE/prelude"
                  seq 1 20000
                  note end
              - id: child
                needs: document
                run: |
                  . "$SIDE/prelude"
                  ( sleep 0.2; echo "from the child" ) &
                  echo "from the parent"
                  note end
              - id: skipped
                needs: document
                when: steps.document.result.name == 'y'
                run: [false]
              - id: after_skipped
                needs: skipped
                run: [false]
              - id: argument
                needs: [document, files]
                run: [sh, -e, '${inputs.side}/argument', '${steps.document.result.list}', '${steps.files.outputs.one}']
              - id: judge
                needs: [skipped, flaky]
                when: steps.skipped.state == 'skipped' and steps.flaky.exit_code == 0
                run: |
                  . "$SIDE/prelude"
                  echo judged
                  note end
              - id: last
                needs: [each, document, fan, files, flaky, long, child, argument, judge]
                env:
                  EACH: ${steps.each.result}
                  FAN: ${steps.fan.result}
                  DOCUMENT: ${steps.document.result}
                  CHILD: ${steps.child.result}
                  TREE: ${steps.files.outputs.tree}
                run: |
                  . "$SIDE/prelude"
                  printf '%s\\n' "$EACH" "$FAN" "$DOCUMENT" "$CHILD"
                  cat "$TREE/below/two.txt"
                  cp -R "$TREE" "$SIGNALBOX_OUT/copy"
                  note end
                outputs: {copy: copy}
            """;

    private static final String ARGUMENT = """
            . "$SIDE/prelude"
            printf '%s\\n' "$1"
            cat "$2"
            note end
            """;

    final Path directory;
    final Path side;
    private Path held;

    private EveryKind(final Path directory) {
        this.directory = directory;
        side = directory.resolve("side");
    }

    static EveryKind in(final Path directory) throws IOException {
        return in(directory, TEXT);
    }

    static EveryKind in(final Path directory, final String text) throws IOException {
        final EveryKind made = new EveryKind(Files.createDirectories(directory).toRealPath());
        Files.createDirectories(made.side.resolve("pids"));
        Files.writeString(made.side.resolve("prelude"), PRELUDE);
        Files.writeString(made.side.resolve("argument"), ARGUMENT);
        Files.writeString(made.directory.resolve("workflow.yaml"), text);
        return made;
    }

    Launched run() throws IOException {
        return Launched.start(
                directory, Map.of(), List.of("run", "workflow.yaml", "--json", "--input", "side=" + side));
    }

    Launched resume() throws IOException {
        return Launched.start(directory, Map.of(), List.of("resume", "--json"));
    }

    /** Attempt {@code attempt} of {@code step} will wait. Its mark is its own: a leftover that is held still makes its mark again and again. */
    void hold(final String step, final int attempt) throws IOException {
        held = side.resolve("held." + step + "." + attempt);
        Files.deleteIfExists(held);
        Files.writeString(side.resolve("hold"), step + " " + attempt);
    }

    boolean isHeld() {
        return Files.exists(held);
    }

    void release() throws IOException {
        Files.deleteIfExists(side.resolve("hold"));
    }

    List<String> log() {
        return Launched.read(side.resolve("log")).lines().toList();
    }

    /** Pids that attempts of a step noted at their start. */
    List<Long> pids(final String step) {
        final List<Long> pids = new ArrayList<>();
        try (var files = Files.list(side.resolve("pids"))) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(step + "."))
                    .forEach(name -> pids.add(Long.parseLong(name.substring(step.length() + 1))));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return pids;
    }

    /** Bytes of everything that the newest run left in {@code outputs} and of its long results, by relative path. */
    Map<String, String> outputs() throws IOException {
        final Path root = Launched.newest(directory).root().resolve("outputs");
        final Map<String, String> outputs = new java.util.TreeMap<>();
        try (var files = Files.walk(root)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                outputs.put(root.relativize(file).toString(), Files.readString(file));
            }
        }
        return outputs;
    }

    /** Steps whose attempts started after line {@code from} of the log. */
    Set<String> startedSince(final int from) {
        final Set<String> steps = new HashSet<>();
        log().stream()
                .skip(from)
                .filter(line -> line.endsWith(" start"))
                .forEach(line -> steps.add(line.split(" ")[0]));
        return steps;
    }
}
