namespace QualityIngest.Api;

/// <summary>What the process shows on its console, and where it listens.</summary>
public static class ConsoleSetup
{
    private const string DefaultUrl = "http://127.0.0.1:8080";

    /// <summary>Structured log lines with trace context; loopback only, unless <c>ASPNETCORE_URLS</c> says otherwise.</summary>
    public static void AddConsole(this WebApplicationBuilder builder)
    {
        builder.Logging.Configure(logging => logging.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);
        builder.Logging.ClearProviders().AddJsonConsole(console =>
        {
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            console.IncludeScopes = true;
        });
        // Statements and requests at information level would repeat every poll and every call; configuration can ask for them.
        builder.Logging.AddFilter("Npgsql", LogLevel.Warning).AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        if (string.IsNullOrEmpty(builder.Configuration["urls"]))
            builder.WebHost.UseUrls(DefaultUrl);
    }
}
