package io.signalbox.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The command behind {@code bench/run}. Exit code 0: measured (goals met or not), 1: a benchmark failed its own check, 2: wrong use. */
final class BenchMain {
    private static final String HELP = """
            bench/run [--all | --quick] [--only ID]... [--jdk PATH] [--jvm-arg ARG]... [--list] [--help]

              --all          every row, forks of ten seconds: at most 30 minutes (the default)
              --quick        the main rows, forks of two seconds: at most 4 minutes
              --only ID      only this row, or rows that start with ID and a dot; may be given again
              --jdk PATH     the JDK whose java runs the measurements (default: the newest one installed, 17 or later)
              --jvm-arg ARG  a JVM flag for every fork; it is written into the report. None is needed
              --list         the ids and what they are
              --help         this text

            Each measurement is a pair of child JVMs, baseline then subject, five pairs a row; the ratio is taken pair by pair.
            Results: bench/target/report.md, report.svg, report.json. What the columns mean: bench/README.md.
            Exit code: 0 measured, also when a goal is NOT MET; 1 a benchmark failed its own check; 2 wrong use.
            """;

    private final List<String> only = new ArrayList<>();
    private final List<String> flags = new ArrayList<>();
    private boolean quick;

    private BenchMain() {}

    public static void main(final String[] args) throws IOException, InterruptedException {
        Locale.setDefault(Locale.ROOT);
        System.exit(new BenchMain().run(args));
    }

    private int run(final String[] args) throws IOException, InterruptedException {
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--quick" -> quick = true;
                case "--all" -> quick = false;
                case "--help", "-h" -> {
                    System.out.print(HELP);
                    return 0;
                }
                case "--list" -> {
                    Catalogue.ROWS.forEach(row -> System.out.printf("%-28s %s%n", row.id(), row.what()));
                    return 0;
                }
                case "--only", "--jvm-arg" -> {
                    if (i + 1 == args.length) {
                        return wrongUse(args[i] + " needs a value after it");
                    }
                    (args[i].equals("--only") ? only : flags).add(args[++i]);
                }
                default -> {
                    return wrongUse("unknown argument " + args[i]);
                }
            }
        }
        for (final String id : only) {
            if (Catalogue.ROWS.stream().noneMatch(row -> matches(row, id))) {
                return wrongUse("there is no row " + id + "; known are "
                        + Catalogue.ROWS.stream().map(Row::id).toList());
            }
        }
        return measure(Catalogue.ROWS.stream().filter(this::wanted).toList());
    }

    private boolean wanted(final Row row) {
        return only.isEmpty() ? row.quick() || !quick : only.stream().anyMatch(id -> matches(row, id));
    }

    private static boolean matches(final Row row, final String id) {
        return row.id().equals(id) || row.id().startsWith(id + ".");
    }

    private static int wrongUse(final String message) {
        System.err.println("bench/run: " + message + ". Try bench/run --help");
        return 2;
    }

    private int measure(final List<Row> rows) throws IOException, InterruptedException {
        final Path target = Path.of(System.getProperty("signalbox.bench.target", "target"));
        final Path forkDirectory = Files.createDirectories(target.resolve("forks"));
        final Machine machine = Machine.here(flags);
        System.out.printf("%s%n%d cores, %s%n", machine.machine(), machine.cores(), machine.jdk());
        final Bench bench = new Bench(new Forks(forkDirectory, flags), quick ? Phases.QUICK : Phases.FULL, System.out);
        bench.run(rows);

        final List<ReportRow> report = bench.report(quick ? "quick" : "all", machine);
        Json.write(target.resolve("report.json"), report);
        Files.writeString(target.resolve("report.svg"), PercentilePlot.svg(bench.forksById()));
        Files.writeString(target.resolve("report.md"), MarkdownReport.of(report, machine, bench));
        report.stream()
                .filter(row -> row.ratioP50() != null)
                .forEach(row -> System.out.println(MarkdownReport.verdict(row)));
        System.out.println("report: " + target.resolve("report.md"));
        bench.failures().forEach((id, why) -> System.err.println("FAILED " + id + ": " + why));
        return bench.failures().isEmpty() ? 0 : 1;
    }
}
