using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using TrainingCluster.ClusterTests.Fakes;

namespace TrainingCluster.ClusterTests.Api;

/// <summary>A thousand requests that must not be granted, drawn from a seed.</summary>
public sealed class BadRequestSpecs
{
    private const int Count = 1_000;

    [Fact]
    public async Task A_thousand_bad_requests_are_refused_with_the_right_code_and_the_node_serves_on()
    {
        await using var api = await ApiHome.StartAsync(withToken: true);
        await api.PutBarsAsync();
        var requests = new BadRequests(seed: 7, ApiHome.Token);
        var wrong = new List<string>();
        for (var i = 0; i < Count; i++)
        {
            var bad = requests.Next();
            using var response = await api.Http.SendAsync(bad.Make());
            var text = await response.Content.ReadAsStringAsync();
            if (!bad.Codes.Contains((int)response.StatusCode))
            {
                wrong.Add($"{bad.What}: {(int)response.StatusCode} instead of {string.Join(" or ", bad.Codes)}: {text}");
            }

            CheckWords(bad.What, response, text, api);
        }

        Assert.Empty(wrong);
        Assert.True(requests.Kinds >= 20, $"only {requests.Kinds} kinds of requests were drawn");
        Assert.Empty((await api.GetAsync("runs")).GetProperty("items").EnumerateArray());
        Assert.Empty((await api.GetAsync("commands")).GetProperty("items").EnumerateArray());
        Assert.Equal("ok\n", await api.Http.GetStringAsync("/readyz"));
        await api.SubmitAsync(Market.Encoders("macd_momentum"));
    }

    [Fact]
    public async Task Requests_that_are_no_http_end_their_connection_and_nothing_else()
    {
        await using var api = await ApiHome.StartAsync();
        foreach (var bytes in BadRequests.NoHttp())
        {
            var answer = await BadRequests.SendRawAsync(api.Address, bytes);
            Assert.Matches("^(|HTTP/1.1 4[0-9][0-9] .*)$", answer);
        }

        Assert.Equal("ok\n", await api.Http.GetStringAsync("/livez"));
    }

    [Fact]
    public async Task Without_tokens_only_loopback_names_are_answered()
    {
        await using var api = await ApiHome.StartAsync();
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/runs") { Headers = { Host = "evil.example" } };

        Assert.Equal(HttpStatusCode.MisdirectedRequest, (await api.Http.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Every_violation_of_a_specification_is_told_at_once()
    {
        await using var api = await ApiHome.StartAsync();
        await api.PutBarsAsync();
        var spec = Market.Encoders("moon_phase") with { FeeRatio = -1 };

        var response = await api.PostAsync("runs", "k", ApiHome.Body(spec));

        var problem = await ApiHome.JsonAsync(response);
        Assert.Equal((HttpStatusCode)422, response.StatusCode);
        Assert.Equal("invalid_spec", problem.GetProperty("code").GetString());
        Assert.True(problem.GetProperty("errors").GetArrayLength() >= 2, problem.ToString());
    }

    [Fact]
    public async Task A_specification_may_leave_out_what_has_a_default()
    {
        await using var api = await ApiHome.StartAsync();
        await api.PutBarsAsync();
        var body = JsonNode.Parse(ApiHome.Body(Market.Encoders("macd_momentum")))!;
        var spec = body["spec"]!.AsObject();
        foreach (var member in spec.Select(member => member.Key).ToArray())
        {
            if (member is not ("dataName" or "data" or "strategies" or "stages" or "agents" or "budget" or "seed"))
            {
                spec.Remove(member);
            }
        }

        var response = await api.PostAsync("runs", "k", body.ToJsonString());

        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    private static void CheckWords(string what, HttpResponseMessage response, string text, ApiHome api)
    {
        foreach (var secret in new[] { api.StateDirectory, Path.GetTempPath().TrimEnd('/'), ApiHome.Token, "Exception", "   at " })
        {
            Assert.False(text.Contains(secret, StringComparison.Ordinal), $"{what} is answered with '{secret}': {text}");
        }

        if (text.Length > 0 && !response.IsSuccessStatusCode)
        {
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            var problem = JsonDocument.Parse(text).RootElement;
            Assert.Equal((int)response.StatusCode, problem.GetProperty("status").GetInt32());
            Assert.NotEmpty(problem.GetProperty("code").GetString()!);
            Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        }
    }
}
