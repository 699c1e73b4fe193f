package dev.slipway.edge;

import dev.slipway.edge.fuse.Fuser;
import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.GraphPass;
import dev.slipway.edge.layout.ChannelsLastBorder;
import dev.slipway.edge.layout.CollapseTransposes;
import dev.slipway.edge.layout.TransposePass;
import dev.slipway.edge.lower.Lowerer;
import dev.slipway.edge.lower.LoweringRegistry;
import dev.slipway.edge.optimise.AbsorbScaleAndShift;
import dev.slipway.edge.optimise.ComposeGathers;
import dev.slipway.edge.optimise.FoldConstants;
import dev.slipway.edge.optimise.FoldPads;
import dev.slipway.edge.optimise.FoldScaleAndShift;
import dev.slipway.edge.optimise.FuseActivations;
import dev.slipway.edge.optimise.FuseHardSwish;
import dev.slipway.edge.optimise.InBodies;
import dev.slipway.edge.optimise.RemoveIdentities;
import dev.slipway.edge.optimise.RemoveUnused;
import dev.slipway.edge.optimise.ShareEqual;
import dev.slipway.edge.probe.Probe;
import dev.slipway.edge.probe.ProbedModel;
import dev.slipway.onnx.OnnxModel;
import java.util.List;
import java.util.Map;

/** Steps 1 to 3: a model is probed, lowered to TFLite's float operators and laid out. */
record ModelLowering(ConversionListener listener) {

    EdgeGraph of(OnnxModel model, ConversionOptions options, LoweringRegistry registry) {
        Probe probe = new Probe(
                options.seed(),
                options.samples().isEmpty() ? Map.of() : options.samples().get(0));
        listener.at(ConversionStep.PROBE, 0, 1);
        ProbedModel probed = probe.probe(new Fuser().fuse(model));
        listener.at(ConversionStep.LOWER, 0, 1);
        EdgeGraph lowered = new Lowerer(registry, probe::probeBody).lower(probed);
        EdgeGraph graph = new ChannelsLastBorder(options.layout()).apply(lowered);
        for (GraphPass pass : passes()) {
            graph = new InBodies(pass).apply(graph);
        }
        return graph;
    }

    private static List<GraphPass> passes() {
        return List.of(
                new RemoveUnused(),
                new FoldConstants(),
                new RemoveIdentities(),
                new TransposePass(),
                new RemoveIdentities(),
                new ComposeGathers(),
                new ShareEqual(),
                new FuseHardSwish(),
                new FoldPads(),
                new FoldScaleAndShift(),
                new AbsorbScaleAndShift(),
                new FuseActivations(),
                new CollapseTransposes(),
                new RemoveUnused());
    }
}
