using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using QualityIngest.Api.Tests.OpenApi;

namespace QualityIngest.Api.Tests.Http;

/// <summary>Who announces a body and does not send it holds no connection for ever.</summary>
public sealed class SlowBodyTests(SlowBodyTests.Impatient host) : IClassFixture<SlowBodyTests.Impatient>
{
    [SkippableTheory]
    [InlineData("/v1/queues", "application/json")]
    [InlineData("/v1/agents/import", "text/csv")]
    [InlineData("/v1/formats/quality-csv/validate", "text/csv")]
    [InlineData("/v1/connectors/0196a3f2-7c1e-7d4a-9b1e-3f2a5c6d7e93/scans", "application/json")]
    public async Task A_body_that_comes_too_slowly_is_refused_as_the_document_says(string path, string type)
    {
        var secret = (await host.NewTenant()).Secret;
        using var connection = new TcpClient();
        await connection.ConnectAsync(host.Address.Host, host.Address.Port);
        var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: {host.Address.Authority}\r\nAuthorization: Bearer {secret}\r\nIdempotency-Key: {Guid.NewGuid()}\r\n"
            + $"Content-Type: {type}\r\nContent-Length: 100000\r\n\r\n{{"));

        using var reader = new StreamReader(stream);
        var answer = (await reader.ReadToEndAsync()).Split("\r\n\r\n", 2);

        var status = int.Parse(answer[0].Split(' ')[1], CultureInfo.InvariantCulture);
        var problem = JsonDocument.Parse(answer[1][answer[1].IndexOf('{', StringComparison.Ordinal)..(answer[1].LastIndexOf('}') + 1)]).RootElement;
        Assert.Equal((408, "request_timeout"), (status, problem.GetProperty("code").GetString()));
        Assert.Null(DocumentedAnswers.Complaint("POST", path, status, "application/problem+json", problem.GetProperty("type").GetString()));
    }

    /// <summary>A host that waits a second for a body.</summary>
    public sealed class Impatient : ApiHost
    {
        /// <inheritdoc/>
        protected override void Configure(IServiceCollection services) => services.Configure<KestrelServerOptions>(kestrel =>
            kestrel.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(1.5)));
    }
}
