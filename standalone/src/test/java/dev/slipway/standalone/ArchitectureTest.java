package dev.slipway.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.slipway.kernel.EntityType;
import dev.slipway.runtime.entity.EntityKind;
import org.junit.jupiter.api.Test;

/** Holds the walls of the house: which module may know which, and who owns which entities. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            // A module of tests, which has them in its main folder.
            .withImportOption(location -> !location.contains("store-tests"))
            .importPackages("dev.slipway");

    private static final String[] SERVICES = {
        "dev.slipway.labeling..",
        "dev.slipway.dataset..",
        "dev.slipway.training..",
        "dev.slipway.registry..",
        "dev.slipway.conversion..",
        "dev.slipway.monitoring..",
        "dev.slipway.lineage.."
    };

    /** standalone → gateway, services → runtime → api, store → kernel. */
    @Test
    void dependenciesPointOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("dev.slipway..")
                .layer("standalone")
                .definedBy("dev.slipway.standalone..")
                .layer("gateway")
                .definedBy("dev.slipway.gateway..")
                .layer("services")
                .definedBy(SERVICES)
                .layer("clients")
                .definedBy("dev.slipway.clients..")
                .layer("backends")
                .definedBy(
                        "dev.slipway.store.common..",
                        "dev.slipway.store.embedded..",
                        "dev.slipway.store.arangodb..",
                        "dev.slipway.store.cassandra..",
                        "dev.slipway.store.s3..")
                .layer("administration")
                .definedBy("dev.slipway.administration..")
                .layer("mlflow")
                .definedBy("dev.slipway.mlflow..")
                .layer("runtime")
                .definedBy("dev.slipway.runtime..")
                .layer("api")
                .definedBy("dev.slipway.api..")
                .layer("store")
                .definedBy("dev.slipway.store.graph..", "dev.slipway.store.metric..", "dev.slipway.store.artifact..")
                .layer("edge")
                .definedBy("dev.slipway.edge..")
                .layer("formats")
                .definedBy("dev.slipway.onnx..", "dev.slipway.tflite..")
                .layer("kernel")
                .definedBy("dev.slipway.kernel..")
                .whereLayer("standalone")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("gateway")
                .mayOnlyBeAccessedByLayers("standalone")
                .whereLayer("services")
                .mayOnlyBeAccessedByLayers("standalone")
                .whereLayer("clients")
                .mayOnlyBeAccessedByLayers("standalone")
                .whereLayer("backends")
                .mayOnlyBeAccessedByLayers("standalone")
                .whereLayer("administration")
                .mayOnlyBeAccessedByLayers("standalone")
                .whereLayer("mlflow")
                .mayOnlyBeAccessedByLayers("standalone", "services")
                .whereLayer("runtime")
                .mayOnlyBeAccessedByLayers("standalone", "gateway", "services", "clients", "mlflow")
                .whereLayer("api")
                .mayOnlyBeAccessedByLayers("standalone", "gateway", "services", "clients", "mlflow", "runtime")
                .whereLayer("store")
                .mayOnlyBeAccessedByLayers("standalone", "services", "mlflow", "runtime", "backends", "administration")
                .whereLayer("edge")
                .mayOnlyBeAccessedByLayers("standalone", "services")
                .whereLayer("formats")
                .mayOnlyBeAccessedByLayers("standalone", "services", "edge")
                .check(CLASSES);
    }

    @Test
    void noServiceKnowsAnother() {
        slices().matching("dev.slipway.(labeling|dataset|training|registry|conversion|monitoring|lineage)..")
                .should()
                .notDependOnEachOther()
                .check(CLASSES);
    }

    @Test
    void theGatewayReadsNoStore() {
        noClasses()
                .that()
                .resideInAPackage("dev.slipway.gateway..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.slipway.store..")
                .check(CLASSES);
    }

    @Test
    void theLibrariesKnowNoMicronaut() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.slipway.kernel..",
                        "dev.slipway.store..",
                        "dev.slipway.onnx..",
                        "dev.slipway.tflite..",
                        "dev.slipway.edge..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.micronaut..")
                .check(CLASSES);
    }

    /** Whoever declares the kind of an entity can write it, so a type may be named in a kind only by its owner. */
    @Test
    void everyEntityTypeHasOneOwner() {
        classes().should(nameOnlyTypesOfTheirOwnInKinds()).check(CLASSES);
    }

    private static ArchCondition<JavaClass> nameOnlyTypesOfTheirOwnInKinds() {
        return new ArchCondition<>("declare kinds only of entity types that their service owns") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean declaresKinds = type.getStaticInitializer()
                        .map(initializer -> initializer.getMethodCallsFromSelf().stream()
                                .anyMatch(call -> call.getTargetOwner().isEquivalentTo(EntityKind.class)))
                        .orElse(false);
                if (!declaresKinds) {
                    return;
                }
                String owner = type.getPackageName().split("\\.", 4)[2];
                for (JavaFieldAccess access : type.getStaticInitializer().get().getFieldAccesses()) {
                    if (access.getTargetOwner().isEquivalentTo(EntityType.class)) {
                        EntityType named = EntityType.valueOf(access.getTarget().getName());
                        boolean owned = named.owner().wireName().equals(owner);
                        events.add(new SimpleConditionEvent(
                                type, owned, type.getName() + " declares " + named + ", owned by " + named.owner()));
                    }
                }
            }
        };
    }
}
