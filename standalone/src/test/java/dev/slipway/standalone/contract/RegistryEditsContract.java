package dev.slipway.standalone.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.registry.AliasName;
import dev.slipway.api.registry.Describe;
import dev.slipway.api.registry.EditTag;
import dev.slipway.api.registry.ModelTags;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.api.registry.RegistryEditsApi;
import dev.slipway.api.registry.VersionTags;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

abstract class RegistryEditsContract extends Contract {
    private static final ModelId UNKNOWN = new ModelId(NOBODY);

    private final RegistryEditsApi edits = bean(RegistryEditsApi.class);

    RegistryEditsContract(Binding binding) {
        super(binding);
    }

    @Test
    void modelsAndVersionsAreDescribed() {
        Entity<ModelVersionId, ModelVersion> version = given().modelVersion();
        ModelId model = version.body().model();

        assertThat(edits.describe(model, new Describe("fünf „Ziffern“")).body().description())
                .isEqualTo("fünf „Ziffern“");
        assertThat(edits.describe(model, new Describe(null)).body().description())
                .isNull();
        assertThat(edits.describeVersion(version.id(), new Describe("first"))
                        .body()
                        .details()
                        .description())
                .isEqualTo("first");
        refused(ErrorKind.INVALID, "registry.text", () -> edits.describe(model, new Describe("x".repeat(100_001))));
    }

    @Test
    void tagsAreGivenAndTakenAway() {
        Entity<ModelVersionId, ModelVersion> version = given().modelVersion();
        ModelId model = version.body().model();

        edits.tag(model, new EditTag("team", "a"));
        edits.tag(model, new EditTag("team", "b"));
        edits.tagVersion(version.id(), new EditTag("checked", ""));
        assertThat(edits.tags(List.of(model, UNKNOWN))).containsExactly(new ModelTags(model, Map.of("team", "b")));
        assertThat(edits.versionTags(List.of(version.id())))
                .containsExactly(new VersionTags(version.id(), Map.of("checked", "")));
        edits.tag(model, new EditTag("team", null));
        edits.tag(model, new EditTag("never there", null));
        assertThat(edits.tags(List.of(model))).containsExactly(new ModelTags(model, Map.of()));
        assertThat(elsewhere(() -> edits.tags(List.of(model)))).isEmpty();
    }

    @Test
    void anAliasNamesOneVersion() {
        ModelId model = given().model();
        ModelVersionId first = given().modelVersionOf(model).id();
        ModelVersionId second = given().modelVersionOf(model).id();

        assertThat(edits.setAlias(first, new AliasName("candidate")).body().aliases())
                .isEqualTo(Map.of("candidate", first));
        assertThat(edits.setAlias(second, new AliasName("candidate")).body().aliases())
                .isEqualTo(Map.of("candidate", second));
        assertThat(edits.deleteAlias(model, new AliasName("candidate")).body().aliases())
                .isEmpty();
        assertThat(edits.deleteAlias(model, new AliasName("candidate")).body().aliases())
                .isEmpty();
    }

    @Test
    void whatIsUnknownOrIncompleteIsRefused() {
        ModelId model = given().model();
        refused(ErrorKind.NOT_FOUND, "model.unknown", () -> edits.describe(UNKNOWN, new Describe("x")));
        refused(
                ErrorKind.NOT_FOUND,
                "model-version.unknown",
                () -> edits.setAlias(new ModelVersionId(NOBODY), new AliasName("x")));
        refused(
                ErrorKind.NOT_FOUND,
                "model.unknown",
                () -> elsewhere(() -> edits.deleteAlias(model, new AliasName("x"))));
        incomplete(() -> edits.tag(model, new EditTag(null, "x")));
        incomplete(() -> edits.deleteAlias(model, new AliasName(null)));
        needs(Role.ENGINEER, "tag", () -> edits.tag(model, new EditTag("a", "b")));
        assertThat(as(Role.VIEWER, () -> edits.tags(List.of(model)))).hasSize(1);
    }
}
