package dev.slipway.tflite.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.tensor.Tensor;
import dev.slipway.tflite.SampleModels;
import dev.slipway.tflite.TfliteReader;
import dev.slipway.tflite.run.TfliteInterpreter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.lite.support.metadata.MetadataExtractor;
import org.tensorflow.lite.support.metadata.schema.AssociatedFileType;
import org.tensorflow.lite.support.metadata.schema.ColorSpaceType;
import org.tensorflow.lite.support.metadata.schema.ContentProperties;
import org.tensorflow.lite.support.metadata.schema.ImageProperties;
import org.tensorflow.lite.support.metadata.schema.NormalizationOptions;
import org.tensorflow.lite.support.metadata.schema.ProcessUnitOptions;
import org.tensorflow.lite.support.metadata.schema.TensorMetadata;

class DescribedModelTest {
    private static final ModelCard CARD = new ModelCard(
            "flowers",
            "Tells flowers apart",
            "v3",
            "A. Gardener",
            "Apache-2.0",
            List.of(new InputCard(
                    "photo",
                    "The photo of a flower",
                    Content.RGB_IMAGE,
                    Optional.of(new Normalization(List.of(127.5f), List.of(255f))))),
            List.of(new OutputCard(
                    "kind",
                    "How likely each kind is",
                    Optional.of(new LabelFile("labels.txt", List.of("rose", "Löwenzahn", "tulip"))))));

    @TempDir
    private Path folder;

    private final DescribedModel described = DescribedModel.of(SampleModels.addition(), CARD);

    @Test
    void tensorFlowsOwnReaderFindsItAll() throws IOException {
        MetadataExtractor extractor =
                new MetadataExtractor(ByteBuffer.wrap(described.bytes()).order(ByteOrder.LITTLE_ENDIAN));

        assertThat(extractor.isMinimumParserVersionSatisfied()).isTrue();
        assertThat(extractor.getModelMetadata().name()).isEqualTo("flowers");
        assertThat(extractor.getModelMetadata().description()).isEqualTo("Tells flowers apart");
        assertThat(extractor.getModelMetadata().version()).isEqualTo("v3");
        assertThat(extractor.getModelMetadata().author()).isEqualTo("A. Gardener");
        assertThat(extractor.getModelMetadata().license()).isEqualTo("Apache-2.0");
        assertThat(extractor.getOutputTensorCount()).isEqualTo(1);
        assertThat(extractor.getOutputTensorMetadata(0).name()).isEqualTo("kind");
        assertThat(extractor.getAssociatedFileNames()).containsExactly("labels.txt");
        assertThat(extractor.getOutputTensorMetadata(0).associatedFiles(0).name())
                .isEqualTo("labels.txt");
        assertThat(extractor.getOutputTensorMetadata(0).associatedFiles(0).type())
                .isEqualTo(AssociatedFileType.TENSOR_AXIS_LABELS);
        try (InputStream labels = extractor.getAssociatedFile("labels.txt")) {
            assertThat(new String(labels.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("rose\nLöwenzahn\ntulip");
        }
    }

    @Test
    void itSaysHowAnImageIsPrepared() throws IOException {
        MetadataExtractor extractor = new MetadataExtractor(ByteBuffer.wrap(described.bytes()));
        TensorMetadata input = extractor.getInputTensorMetadata(0);

        assertThat(input.name()).isEqualTo("photo");
        assertThat(input.content().contentPropertiesType()).isEqualTo(ContentProperties.ImageProperties);
        ImageProperties image = (ImageProperties) input.content().contentProperties(new ImageProperties());
        assertThat(image.colorSpace()).isEqualTo(ColorSpaceType.RGB);
        assertThat(input.processUnits(0).optionsType()).isEqualTo(ProcessUnitOptions.NormalizationOptions);
        NormalizationOptions normalization =
                (NormalizationOptions) input.processUnits(0).options(new NormalizationOptions());
        assertThat(normalization.mean(0)).isEqualTo(127.5f);
        assertThat(normalization.std(0)).isEqualTo(255f);
        assertThat(input.stats().min(0)).isEqualTo(-0.5f);
        assertThat(input.stats().max(0)).isEqualTo(0.5f);
    }

    @Test
    void theModelRunsAndIsAnArchiveForAnyTool() throws IOException {
        Path file = folder.resolve("flowers.tflite");
        described.write(file);

        assertThat(file).hasBinaryContent(described.bytes());
        try (TfliteInterpreter interpreter = TfliteInterpreter.open(Files.readAllBytes(file))) {
            assertThat(interpreter
                            .run(new Tensor(List.of(1, 3), new float[] {1, 1, 1}))
                            .values())
                    .containsExactly(2, 3, 4);
        }
        try (ZipFile archive = new ZipFile(file.toFile());
                InputStream labels = archive.getInputStream(archive.getEntry("labels.txt"))) {
            assertThat(labels.readAllBytes()).isEqualTo("rose\nLöwenzahn\ntulip".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void itSaysWhichRuntimeItNeeds() {
        ByteBuffer version = TfliteReader.read(described.bytes()).metadata().get("min_runtime_version");
        assertThat(StandardCharsets.US_ASCII
                        .decode(version.duplicate())
                        .toString()
                        .trim())
                .isEqualTo("1.5.0");
        assertThat(version.remaining()).isEqualTo(16);
    }

    @Test
    void aCardOfAnotherModelIsRefused() {
        ModelCard other = new ModelCard("", "", "", "", "", List.of(), CARD.outputs());
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> DescribedModel.of(SampleModels.addition(), other))
                .withMessageContaining("0 inputs")
                .matches(e -> e.code().equals("tflite.metadata"));
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> new LabelFile("../labels.txt", List.of()))
                .matches(e -> e.code().equals("tflite.metadata"));
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> new Normalization(List.of(0f), List.of(0f)))
                .matches(e -> e.code().equals("tflite.metadata"));
    }
}
