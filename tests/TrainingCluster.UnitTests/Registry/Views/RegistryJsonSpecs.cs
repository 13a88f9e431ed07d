using System.Text.Json;
using TrainingCluster.Registry.Rules;
using TrainingCluster.Registry.Views;

namespace TrainingCluster.UnitTests.Registry.Views;

public sealed class RegistryJsonSpecs
{
    [Fact]
    public void The_view_is_a_function_of_the_events()
    {
        var registrations = Enumerable.Range(0, 7).Select(i => Some.Registration(
            $"cnn_lstm/{(char)('g' - i)}", run: $"r{i}", accuracy: .5 + i * .07)).ToArray();

        var view = RegistryJson.Write(Some.After(registrations));

        Assert.Equal(view, RegistryJson.Write(Some.After(registrations)));
        Assert.NotEqual(view, RegistryJson.Write(Some.After(registrations[1..])));
        Assert.EndsWith("}\n", view);
    }

    [Fact]
    public void It_holds_what_readers_need()
    {
        var encoder = Some.After(Some.Registration("cnn_lstm/x", accuracy: .95));
        var state = Some.After(encoder, Some.Registration(
            "ppo/x", edges: Some.Component(encoder, "cnn_lstm/x@1.0.0")));

        using var json = JsonDocument.Parse(RegistryJson.Write(state));

        var versions = json.RootElement.GetProperty("versions");
        Assert.Equal("cnn_lstm_v1.0.0_grade_S_acc_0.95", versions[0].GetProperty("displayName").GetString());
        Assert.Equal("S", versions[0].GetProperty("grade").GetProperty("letter").GetString());
        Assert.Equal("cnn_lstm/x@1.0.0",
            versions[1].GetProperty("lineage").GetProperty("edges")[0].GetProperty("target").GetString());
        Assert.Equal(JsonValueKind.Null, versions[1].GetProperty("grade").GetProperty("letter").ValueKind);
    }

    [Fact]
    public void Values_that_are_not_finite_are_null()
    {
        var view = RegistryJson.Write(Some.After(Some.Registration(accuracy: double.NaN)));

        Assert.Contains("\"accuracy\": null", view);
    }

    [Fact]
    public void An_empty_registry_is_a_valid_document()
    {
        using var json = JsonDocument.Parse(RegistryJson.Write(RegistryState.Empty));

        Assert.Equal(0, json.RootElement.GetProperty("versions").GetArrayLength());
    }
}
