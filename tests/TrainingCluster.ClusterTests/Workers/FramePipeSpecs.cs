using TrainingCluster.Cluster.Workers.Processes;

namespace TrainingCluster.ClusterTests.Workers;

public sealed class FramePipeSpecs
{
    [Fact]
    public void Frames_come_out_as_they_went_in_until_the_end_of_the_stream()
    {
        var stream = new MemoryStream();
        var writer = new FramePipe(Stream.Null, stream);
        writer.Write(FrameKind.SaveCheckpoint, "key", new byte[] { 1, 2, 10, 3 });
        writer.Write(FrameKind.Cancel);
        stream.Position = 0;
        var reader = new FramePipe(stream, Stream.Null);

        var (line, content) = reader.Read()!.Split();

        Assert.Equal("key", line);
        Assert.Equal([1, 2, 10, 3], content.ToArray());
        Assert.Equal(FrameKind.Cancel, reader.Read()!.Kind);
        Assert.Null(reader.Read());
    }

    [Theory]
    [InlineData(new byte[] { 1, 0, 0, 0, 99, 7 })]
    [InlineData(new byte[] { 255, 255, 255, 255, 3 })]
    [InlineData(new byte[] { 5, 0, 0, 0, 4, 1, 2 })]
    [InlineData(new byte[] { 5, 0 })]
    public void What_is_no_frame_is_refused(byte[] bytes) =>
        Assert.Throws<InvalidDataException>(() => new FramePipe(new MemoryStream(bytes), Stream.Null).Read());

    [Fact]
    public void A_fault_keeps_its_meaning_on_the_way()
    {
        var fault = new TrainingCluster.Training.Recovery.NumericalInstabilityException(17, "loss in fit", 3);

        var arrived = Assert.IsType<TrainingCluster.Training.Recovery.NumericalInstabilityException>(ChildFaults.Of(
            ChildJson.Read<ChildFault>(ChildJson.Write(ChildFaults.Of(fault)))));

        Assert.Equal(fault.Message, arrived.Message);
        Assert.Equal((17, "loss in fit", 3), (arrived.Step, arrived.Where, arrived.Batch));
        Assert.IsType<OutOfMemoryException>(ChildFaults.Of(ChildFaults.Of(new OutOfMemoryException("full"))));
        Assert.IsType<WorkerFaultException>(ChildFaults.Of(ChildFaults.Of(new InvalidOperationException("odd"))));
    }
}
