using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Security.Canaries;

/// <summary>An API that logs everything that it can, down to the server's traces, and may call the loopback.</summary>
public sealed class CanaryHost : Ingest.IngestHost, IDisposable
{
    private readonly Planted _sealing = new("the sealing key", Convert.ToBase64String(Guid.NewGuid().ToByteArray().Concat(Guid.NewGuid().ToByteArray()).ToArray()));

    /// <summary>All that it lets out.</summary>
    public Evidence Evidence { get; } = new();

    /// <summary>What of its own configuration is secret.</summary>
    public IReadOnlyList<Planted> Configured => [_sealing, new("the configuration's administrator key", AdminKey)];

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(base.Settings)
    {
        ["Secrets:Keys:0"] = _sealing.Text,
        ["Webhooks:Poll"] = "00:00:00.020",
        ["Webhooks:Timeout"] = "00:00:02",
        ["Webhooks:Lease"] = "00:00:10",
        ["Webhooks:Retries:0"] = "00:10:00",
        ["RateLimits:FailureRate"] = "0",
    };

    /// <summary>A client of a key whose answers are kept.</summary>
    public HttpClient Kept(string? key)
    {
        Evidence.Port = Address.Port;
        var http = new HttpClient(new Listening(Evidence)) { BaseAddress = Address };
        if (key is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return http;
    }

    /// <summary>The generated client over <see cref="Kept"/>.</summary>
    public QualityIngestClient KeptClient(string key) => new(Kept(key));

    /// <summary>Sends what the generated client cannot, and gives the answer.</summary>
    /// <param name="http">The client.</param>
    /// <param name="method">The method.</param>
    /// <param name="path">The path.</param>
    /// <param name="body">The body, JSON or not; null: none.</param>
    /// <param name="shows">Whether the answer shows a secret, as it should.</param>
    /// <param name="repeat">The <c>Idempotency-Key</c>; null: none.</param>
    public static async Task<(int Status, JsonElement Body)> Send(
        HttpClient http, string method, string path, string? body = null, bool shows = false, string? repeat = null)
    {
        using var request = new HttpRequestMessage(new(method), path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (repeat is not null)
            request.Headers.Add("Idempotency-Key", repeat);
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        request.Options.Set(Listening.Shows, shows);
        using var response = await http.SendAsync(request);
        return ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true
            ? await response.Content.ReadFromJsonAsync<JsonElement>()
            : default);
    }

    /// <inheritdoc/>
    public void Dispose() => Evidence.Dispose();

    /// <inheritdoc/>
    protected override void Configure(IServiceCollection services) =>
        services.AddLogging(logging => logging
            .AddProvider(new EveryLine(Evidence.Lines))
            .SetMinimumLevel(LogLevel.Trace)
            .AddFilter<EveryLine>(null, LogLevel.Trace));
}
