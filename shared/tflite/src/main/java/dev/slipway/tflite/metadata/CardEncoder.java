package dev.slipway.tflite.metadata;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import org.tensorflow.lite.support.metadata.schema.AssociatedFile;
import org.tensorflow.lite.support.metadata.schema.AssociatedFileType;
import org.tensorflow.lite.support.metadata.schema.ColorSpaceType;
import org.tensorflow.lite.support.metadata.schema.ContentProperties;
import org.tensorflow.lite.support.metadata.schema.FeatureProperties;
import org.tensorflow.lite.support.metadata.schema.ImageProperties;
import org.tensorflow.lite.support.metadata.schema.ModelMetadata;
import org.tensorflow.lite.support.metadata.schema.NormalizationOptions;
import org.tensorflow.lite.support.metadata.schema.ProcessUnit;
import org.tensorflow.lite.support.metadata.schema.ProcessUnitOptions;
import org.tensorflow.lite.support.metadata.schema.Stats;
import org.tensorflow.lite.support.metadata.schema.SubGraphMetadata;
import org.tensorflow.lite.support.metadata.schema.TensorMetadata;

/** Writes a card by the schema {@code metadata_schema.fbs} of TFLite Support (identifier {@code M001}). */
final class CardEncoder {
    // All that is used here was in the schema from its beginning.
    private static final String MINIMUM_PARSER = "1.0.0";
    private static final float BRIGHTEST = 255;

    private final FlatBufferBuilder builder = new FlatBufferBuilder(1 << 10);

    private CardEncoder() {}

    static ByteBuffer encode(ModelCard card) {
        return new CardEncoder().model(card);
    }

    private ByteBuffer model(ModelCard card) {
        int inputs = SubGraphMetadata.createInputTensorMetadataVector(
                builder, card.inputs().stream().mapToInt(this::input).toArray());
        int outputs = SubGraphMetadata.createOutputTensorMetadataVector(
                builder, card.outputs().stream().mapToInt(this::output).toArray());
        int graph = SubGraphMetadata.createSubGraphMetadata(builder, 0, 0, inputs, outputs, 0, 0, 0, 0, 0, 0);
        int graphs = ModelMetadata.createSubgraphMetadataVector(builder, new int[] {graph});
        ModelMetadata.finishModelMetadataBuffer(
                builder,
                ModelMetadata.createModelMetadata(
                        builder,
                        builder.createString(card.name()),
                        builder.createString(card.description()),
                        builder.createString(card.version()),
                        graphs,
                        builder.createString(card.author()),
                        builder.createString(card.license()),
                        0,
                        builder.createString(MINIMUM_PARSER)));
        return builder.dataBuffer().slice();
    }

    private int input(InputCard input) {
        int units = input.normalization()
                .map(normalization -> TensorMetadata.createProcessUnitsVector(builder, new int[] {unit(normalization)}))
                .orElse(0);
        int stats = input.normalization().map(this::range).orElse(0);
        return tensor(input.name(), input.description(), content(input.content()), units, stats, 0);
    }

    private int output(OutputCard output) {
        int files = output.labels()
                .map(labels -> TensorMetadata.createAssociatedFilesVector(builder, new int[] {file(labels)}))
                .orElse(0);
        return tensor(output.name(), output.description(), content(Content.FEATURE), 0, 0, files);
    }

    private int tensor(String name, String description, int content, int units, int stats, int files) {
        int nameOffset = builder.createString(name);
        int descriptionOffset = builder.createString(description);
        return TensorMetadata.createTensorMetadata(
                builder, nameOffset, descriptionOffset, 0, content, units, stats, files);
    }

    private int content(Content content) {
        if (content == Content.FEATURE) {
            FeatureProperties.startFeatureProperties(builder);
            return org.tensorflow.lite.support.metadata.schema.Content.createContent(
                    builder, ContentProperties.FeatureProperties, FeatureProperties.endFeatureProperties(builder), 0);
        }
        byte colors = content == Content.RGB_IMAGE ? ColorSpaceType.RGB : ColorSpaceType.GRAYSCALE;
        return org.tensorflow.lite.support.metadata.schema.Content.createContent(
                builder,
                ContentProperties.ImageProperties,
                ImageProperties.createImageProperties(builder, colors, 0),
                0);
    }

    private int unit(Normalization normalization) {
        int means = NormalizationOptions.createMeanVector(builder, array(normalization.means()));
        int deviations = NormalizationOptions.createStdVector(builder, array(normalization.deviations()));
        return ProcessUnit.createProcessUnit(
                builder,
                ProcessUnitOptions.NormalizationOptions,
                NormalizationOptions.createNormalizationOptions(builder, means, deviations));
    }

    /** What the model gets for the darkest and the brightest value. */
    private int range(Normalization normalization) {
        float[] highest = normalized(normalization, (mean, deviation) -> (BRIGHTEST - mean) / deviation);
        float[] lowest = normalized(normalization, (mean, deviation) -> -mean / deviation);
        int highestOffset = Stats.createMaxVector(builder, highest);
        int lowestOffset = Stats.createMinVector(builder, lowest);
        return Stats.createStats(builder, highestOffset, lowestOffset);
    }

    private static float[] normalized(Normalization normalization, ToDoubleBiFunction<Float, Float> formula) {
        float[] values = new float[normalization.means().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) formula.applyAsDouble(
                    normalization.means().get(i), normalization.deviations().get(i));
        }
        return values;
    }

    private int file(LabelFile labels) {
        int name = builder.createString(labels.name());
        return AssociatedFile.createAssociatedFile(builder, name, 0, AssociatedFileType.TENSOR_AXIS_LABELS, 0, 0);
    }

    private static float[] array(List<Float> values) {
        float[] array = new float[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = values.get(i);
        }
        return array;
    }
}
