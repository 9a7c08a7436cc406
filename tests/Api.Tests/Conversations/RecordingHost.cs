using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using QualityIngest.Api.Tests.Ingest;
using QualityIngest.Api.Tests.Ingest.Recordings;
using QualityIngest.Domain;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Outbound;
using QualityIngest.Domain.Sources;
using QualityIngest.TestKit;
using Conversation = QualityIngest.Client.Conversation;

namespace QualityIngest.Api.Tests.Conversations;

/// <summary>The API with a foreign host beside it that serves recordings, and with its log at hand.</summary>
public sealed class RecordingHost : IngestHost, IAsyncLifetime
{
    private HttpsServer? _foreign;

    /// <summary>What the foreign host serves but under <c>/short</c>, which it ends early, <c>/speech</c> and <c>/moved</c>, which leads there.</summary>
    public static byte[] Sound { get; } = [.. Enumerable.Range(0, 100_000).Select(i => (byte)i)];

    /// <summary>Every line that the application logged, with its values.</summary>
    public ConcurrentQueue<string> Log { get; } = [];

    /// <summary>The foreign host, as a connector's list of hosts names it.</summary>
    public string ForeignHost => _foreign!.Host;

    /// <inheritdoc/>
    public override async Task InitializeAsync()
    {
        _foreign = await HttpsServer.Start(Serve);
        await base.InitializeAsync();
    }

    /// <inheritdoc/>
    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await _foreign!.DisposeAsync();
    }

    /// <summary>Stores where a revision's recordings lie and what they look like, as measuring them does.</summary>
    public async Task Attach(Conversation conversation, IReadOnlyList<RecordingPlace> media, Waveform? waveform = null, int revision = 1)
    {
        await using var command = Database.Source.CreateCommand(
            "update conversation_contents set media = $3::jsonb, waveform = $4::jsonb where conversation_id = $1 and revision = $2");
        command.Parameters.AddWithValue(conversation.Id);
        command.Parameters.AddWithValue(revision);
        command.Parameters.AddWithValue(DomainJson.Write(media));
        command.Parameters.AddWithValue(waveform is null ? DBNull.Value : WaveformJson.Write(waveform));
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    /// <inheritdoc/>
    protected override void Configure(IServiceCollection services)
    {
        services.AddLogging(logging => logging.AddProvider(new Lines(Log)).SetMinimumLevel(LogLevel.Trace));
        services.AddSingleton(s => new LocatorReader(
            s.GetRequiredService<OutboundGuard>(), s.GetRequiredService<IOptions<SourceOptions>>(), _foreign!.Trust));
    }

    private static async Task Serve(HttpContext context)
    {
        if (context.Request.Path == "/moved")
        {
            context.Response.Redirect($"/speech{context.Request.QueryString}");
            return;
        }

        if (context.Request.Path == "/speech")
        {
            await context.Response.Body.WriteAsync(SoundFiles.Stereo);
            return;
        }

        context.Response.ContentType = "text/html";
        context.Response.ContentLength = Sound.Length;
        var cut = context.Request.Path == "/short";
        await context.Response.Body.WriteAsync(Sound.AsMemory(0, cut ? Sound.Length / 2 : Sound.Length));
        if (!cut)
            return;
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    private sealed class Lines(ConcurrentQueue<string> log) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull
        {
            log.Enqueue(string.Join(' ', state as IEnumerable<KeyValuePair<string, object?>> ?? []));
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
