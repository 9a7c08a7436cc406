using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace QualityIngest.Api.Tests.Notifications;

/// <summary>The address is a secret: nothing that is logged has it, however much is.</summary>
public sealed class LogTests(LogTests.Host host) : IClassFixture<LogTests.Host>
{
    [SkippableTheory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/and/more")]
    [InlineData("?and=more")]
    public async Task No_line_and_no_scope_has_the_token(string after)
    {
        var notified = await host.ArrangeNotified();
        host.Lines.Clear();

        await notified.Post(notified.Message("ObjectCreated:Put", "calls/day.csv"), new(notified.Url.AbsoluteUri + after));
        await notified.Post(notified.Message("ObjectCreated:Put", "calls/day.csv"), new(host.Address, "/elsewhere" + notified.Url.AbsolutePath + after));

        await notified.Bucket.Idle();
        Assert.Contains(host.Lines, line => line.Contains("/notifications/hidden", StringComparison.Ordinal));
        Assert.DoesNotContain(host.Lines, line => line.Contains(notified.Token, StringComparison.Ordinal));
    }

    /// <summary>A host that logs everything that it can, down to the server's traces.</summary>
    public sealed class Host : NotificationHost
    {
        /// <summary>Everything that was logged, with its scopes.</summary>
        public ConcurrentQueue<string> Lines { get; } = new();

        protected override void Configure(IServiceCollection services) =>
            services.AddLogging(logging => logging
                .AddProvider(new EveryLine(Lines))
                .SetMinimumLevel(LogLevel.Trace)
                .AddFilter<EveryLine>(null, LogLevel.Trace));
    }
}
