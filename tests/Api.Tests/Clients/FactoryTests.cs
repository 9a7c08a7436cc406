using Microsoft.Extensions.DependencyInjection;
using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Clients;

/// <summary>The C# client in the hands of <c>IHttpClientFactory</c>, as its README says.</summary>
public sealed class FactoryTests
{
    [Fact]
    public async Task The_factory_makes_clients_that_show_the_key_and_repeat_calls()
    {
        var time = new SkippedTime();
        var server = new Scripted(
            _ => Scripted.Refusal(System.Net.HttpStatusCode.TooManyRequests, "rate_limited", "1"),
            _ => Scripted.Json("""{"items":[],"nextCursor":null}"""));
        var services = new ServiceCollection();
        services.AddHttpClient<IQualityIngestClient, QualityIngestClient>(http => http.BaseAddress = Scripted.Root)
            .AddHttpMessageHandler(() => new RetryHandler { Time = time })
            .AddHttpMessageHandler(() => new ApiKeyHandler("qi_key"))
            .ConfigurePrimaryHttpMessageHandler(() => server);
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredService<IQualityIngestClient>().ListQueuesAsync();

        Assert.Equal(2, server.Asked.Count);
        Assert.All(server.Asked, request => Assert.Equal("Bearer qi_key", request.Headers.Authorization!.ToString()));
    }
}
