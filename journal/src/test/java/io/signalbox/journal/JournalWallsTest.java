package io.signalbox.journal;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom in this module. */
@AnalyzeClasses(packages = "io.signalbox.journal", importOptions = ImportOption.DoNotIncludeTests.class)
class JournalWallsTest {
    @ArchTest
    static final ArchRule ONLY_THE_ENGINE_KNOWS_CHRONICLE = noClasses()
            .that()
            .resideOutsideOfPackage("io.signalbox.journal.chronicle")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("net.openhft..", "io.signalbox.journal.chronicle");

    @ArchTest
    static final ArchRule OF_THE_KERNEL_ONLY_THE_PORT = noClasses()
            .that()
            .resideInAnyPackage("io.signalbox.journal", "io.signalbox.journal.chronicle")
            .should()
            .dependOnClassesThat(describe(
                    "are of the kernel and not of its port",
                    found -> found.getPackageName().startsWith("io.signalbox.kernel")
                            && !found.getPackageName().equals("io.signalbox.kernel.port")));
}
