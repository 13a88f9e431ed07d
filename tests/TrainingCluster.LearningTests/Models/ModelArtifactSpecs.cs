using System.Buffers.Binary;
using System.Text;
using TrainingCluster.Models.Artifacts;

namespace TrainingCluster.LearningTests.Models;

public sealed class ModelArtifactSpecs
{
    [Fact]
    public void An_artifact_reads_back_what_was_written()
    {
        var artifact = Sample();

        var read = ModelArtifact.Parse(artifact.ToBytes());

        Assert.Equal("sample", read.Kind);
        Assert.Equal("""{"a":1}""", read.ConfigJson);
        Assert.Equal(["bytes", "count", "weight"], read.Tensors.Keys);
        Assert.Equal([1f, -2f, 3.5f, 0f, float.Epsilon, 6f], read.Tensor("weight", "F32", 2, 3).Floats());
        Assert.Equal([long.MaxValue], read.Tensors["count"].Longs());
        Assert.Empty(read.Tensors["count"].Shape);
    }

    [Fact]
    public void Equal_content_gives_equal_bytes_whatever_order_it_was_added_in()
    {
        var one = Sample();
        var other = new ModelArtifact(one.Kind, one.ConfigJson, one.Tensors.Reverse());

        Assert.Equal(one.ToBytes(), other.ToBytes());
    }

    [Fact]
    public void Data_lies_aligned_and_without_gaps_as_the_format_demands()
    {
        var bytes = Sample().ToBytes();
        var header = BinaryPrimitives.ReadUInt64LittleEndian(bytes);

        Assert.Equal(0UL, header % 8);
        Assert.Equal(8 + (int)header + 8 + 24 + 3, bytes.Length);
        Assert.Contains("\"count\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]}", Text(bytes));
        Assert.Contains("\"weight\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[8,32]}",
            Text(bytes));
    }

    [Fact]
    public void Every_shortened_file_is_refused()
    {
        var bytes = Sample().ToBytes();

        for (var length = 0; length < bytes.Length; length++)
        {
            var cut = bytes.AsMemory(0, length);
            Assert.Throws<ArtifactFormatException>(() => ModelArtifact.Parse(cut));
        }
    }

    [Theory]
    [InlineData("[8,32]", "[8,33]")]
    [InlineData("[8,32]", "[9,32]")]
    [InlineData("[0,8]", "[8,0]")]
    [InlineData("[2,3]", "[2,4]")]
    [InlineData("[2,3]", "[2,-3]")]
    [InlineData("[2,3]", "[4611686018427387904,3]")]
    [InlineData("\"F32\"", "\"F16\"")]
    [InlineData("\"dtype\":\"I64\"", "\"dtxpe\":\"I64\"")]
    [InlineData("training-cluster/1", "training-cluster/2")]
    [InlineData("\"bytes\":", "\"count\":")]
    public void A_header_that_does_not_fit_its_data_is_refused(string before, string after)
    {
        var bytes = WithHeader(
            Sample().ToBytes(), text => text.Replace(before, after, StringComparison.Ordinal));

        Assert.Throws<ArtifactFormatException>(() => ModelArtifact.Parse(bytes));
    }

    [Fact]
    public void Bytes_behind_the_last_tensor_are_refused()
    {
        byte[] bytes = [.. Sample().ToBytes(), 0];

        var error = Assert.Throws<ArtifactFormatException>(() => ModelArtifact.Parse(bytes));

        Assert.Contains("36 bytes of data", error.Message);
    }

    [Fact]
    public void A_tensor_of_another_shape_is_named_with_both_shapes()
    {
        var error = Assert.Throws<ArtifactFormatException>(() => Sample().Tensor("weight", "F32", 3, 2));

        Assert.Contains("'weight' is F32 [2, 3]; this model needs F32 [3, 2]", error.Message);
    }

    private static ModelArtifact Sample() => new(
        "sample",
        """{"a":1}""",
        [
            new("weight", ArtifactTensor.Of([1f, -2f, 3.5f, 0f, float.Epsilon, 6f], 2, 3)),
            new("count", ArtifactTensor.Of([long.MaxValue])),
            new("bytes", new ArtifactTensor("U8", [3], new byte[] { 1, 2, 3 })),
        ]);

    private static string Text(byte[] bytes) =>
        Encoding.UTF8.GetString(bytes, 8, (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes));

    private static byte[] WithHeader(byte[] bytes, Func<string, string> change)
    {
        var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        var changed = Text(bytes);
        var header = Encoding.UTF8.GetBytes(change(changed));
        Assert.NotEqual(changed, Encoding.UTF8.GetString(header));
        var result = new byte[8 + header.Length + bytes.Length - 8 - length];
        BinaryPrimitives.WriteUInt64LittleEndian(result, (ulong)header.Length);
        header.CopyTo(result, 8);
        bytes.AsSpan(8 + length).CopyTo(result.AsSpan(8 + header.Length));
        return result;
    }
}
