using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using QualityIngest.Api.Http;
using QualityIngest.Api.Http.Edge;
using QualityIngest.Api.OpenApi;
using QualityIngest.Domain;

namespace QualityIngest.Api.Tests.Http.Edge;

/// <summary>No operation is on its way out yet; one of the test's own shows how that would be told.</summary>
public sealed class DeprecationTests : IAsyncLifetime
{
    private WebApplication _app = null!;

    [Fact]
    public async Task What_will_go_says_so_in_every_answer()
    {
        using var http = new HttpClient { BaseAddress = Address };
        using var answer = await http.GetAsync("/v1/old");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("@1767225600", answer.Headers.GetValues("Deprecation").Single());
        Assert.Equal("Wed, 01 Jul 2026 00:00:00 GMT", answer.Headers.GetValues("Sunset").Single());
        Assert.Equal("<https://example.com/new>; rel=\"deprecation\"; type=\"text/html\"", answer.Headers.GetValues("Link").Single());
    }

    [Fact]
    public async Task What_stays_does_not()
    {
        using var http = new HttpClient { BaseAddress = Address };
        using var answer = await http.GetAsync("/v1/new");
        Assert.False(answer.Headers.Contains("Deprecation") || answer.Headers.Contains("Sunset") || answer.Headers.Contains("Link"));
    }

    [Fact]
    public async Task The_document_says_so_too()
    {
        using var http = new HttpClient { BaseAddress = Address };
        var document = System.Text.Json.JsonDocument.Parse(await http.GetStringAsync("/openapi/v1.json")).RootElement.GetProperty("paths");
        Assert.True(document.GetProperty("/v1/old").GetProperty("get").GetProperty("deprecated").GetBoolean());
        Assert.Contains("2026-07-01", document.GetProperty("/v1/old").GetProperty("get").GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.False(document.GetProperty("/v1/new").GetProperty("get").TryGetProperty("deprecated", out _));
    }

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddHttpFrame();
        builder.Services.AddDocument();
        _app = builder.Build();
        _app.UseHttpEdge();
        _app.UseHttpFrame();
        _app.MapDocument();
        var v1 = _app.MapV1();
        v1.MapGet("/old", Old).RequireScope("connectors:read")
            .Deprecated(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero), new Uri("https://example.com/new"));
        v1.MapGet("/new", New).RequireScope("connectors:read");
        await _app.StartAsync();
    }

    /// <inheritdoc/>
    public async Task DisposeAsync() => await _app.DisposeAsync();

    private Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    private static Ok<Done> Old() => ((Outcome<Done>)new Done()).Ok();

    private static Ok<Done> New() => ((Outcome<Done>)new Done()).Ok();
}
