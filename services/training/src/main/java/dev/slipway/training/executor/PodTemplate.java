package dev.slipway.training.executor;

import dev.slipway.kernel.SlipwayException;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** What every pod of a training is like. */
@Singleton
final class PodTemplate {
    /** The container that trains; others may stand beside it. */
    static final String CONTAINER = "training";

    private static final String DEFAULT = "pod.yaml";

    private final PodTemplateSpec template;

    /** Fails with {@code training.kubernetes} unless the template can be read and has what a worker needs. */
    PodTemplate(KubernetesSettings settings) {
        String source = settings.template() == null ? "Slipway's own template" : settings.template();
        PodTemplateSpec read = parse(source, text(settings.template()));
        boolean worker = read.getSpec() != null
                && read.getSpec().getContainers().stream().anyMatch(PodTemplate::isWorker);
        if (!worker) {
            throw wrong(source, "it has no container named '" + CONTAINER + "' in spec.containers");
        }
        this.template = withImage(read, settings.image());
        if (this.template.getSpec().getContainers().stream()
                .anyMatch(container ->
                        container.getImage() == null || container.getImage().isBlank())) {
            throw KubernetesSettings.wrong(
                    "image",
                    "the image of Slipway, unless the template names one for each container",
                    settings.image());
        }
    }

    PodTemplateSpec spec() {
        return new PodTemplateSpecBuilder(template).build();
    }

    static boolean isWorker(Container container) {
        return CONTAINER.equals(container.getName());
    }

    private static PodTemplateSpec withImage(PodTemplateSpec read, @Nullable String image) {
        if (image == null || image.isBlank()) {
            return read;
        }
        return new PodTemplateSpecBuilder(read)
                .editSpec()
                .editMatchingContainer(container -> CONTAINER.equals(container.getName()))
                .withImage(image)
                .endContainer()
                .endSpec()
                .build();
    }

    private static String text(@Nullable String file) {
        if (file == null) {
            try (InputStream own = Objects.requireNonNull(PodTemplate.class.getResourceAsStream(DEFAULT))) {
                return new String(own.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw SlipwayException.internal("training.kubernetes", "Slipway's own template can't be read.", e);
            }
        }
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw wrong(file, "the file can't be read: " + e);
        }
    }

    private static PodTemplateSpec parse(String source, String text) {
        try {
            PodTemplateSpec parsed = new KubernetesSerialization().unmarshal(text, PodTemplateSpec.class);
            if (parsed != null) {
                return parsed;
            }
        } catch (RuntimeException e) {
            throw wrong(
                    source, String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
        throw wrong(source, "it is empty");
    }

    private static SlipwayException wrong(String source, String why) {
        return SlipwayException.invalid(
                "training.kubernetes",
                "slipway.training.kubernetes.template, " + source + ", is no pod template with a worker: " + why
                        + ". It is YAML with the fields metadata and spec of a pod.");
    }
}
