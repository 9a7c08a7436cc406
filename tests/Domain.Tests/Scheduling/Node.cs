using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using QualityIngest.Domain.Scheduling;
using QualityIngest.TestKit;

namespace QualityIngest.Domain.Tests.Scheduling;

/// <summary>One node that runs schedules, in a container of its own with a clock of its own.</summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly List<IHostedService> _running = [];

    public Node(TestDatabase database, Firings firings, TimeSpan ahead = default, NpgsqlDataSource? source = null)
    {
        var options = new SchedulingOptions
        {
            PollInterval = TimeSpan.FromSeconds(1),
            MissedAfter = TimeSpan.FromSeconds(1),
            CheckinInterval = TimeSpan.FromSeconds(1),
            ShortestInterval = TimeSpan.FromSeconds(1),
        };
        var services = new ServiceCollection().AddLogging();
        services.AddSingleton(source ?? database.Source);
        services.AddSingleton<IScheduledScan>(new Recorder(firings, this));
        services.AddScheduling(options, new WrongClock(ahead));
        _services = services.BuildServiceProvider();
    }

    public Schedules Schedules => _services.GetRequiredService<Schedules>();

    public DatabaseClock Clock => _services.GetRequiredService<DatabaseClock>();

    public async Task Start()
    {
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StartAsync(CancellationToken.None);
            _running.Add(service);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _running)
            await service.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }

    private sealed class Recorder(Firings firings, Node node) : IScheduledScan
    {
        public Task Fire(string tenant, Guid connector, DateTimeOffset dueAt, CancellationToken cancel)
        {
            firings.Add(new Firing(node, tenant, connector, dueAt));
            return firings.Outcome(connector);
        }
    }

    private sealed class WrongClock(TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
    }
}

internal sealed record Firing(Node Node, string Tenant, Guid Connector, DateTimeOffset DueAt);

/// <summary>All that fired, on any node.</summary>
internal sealed class Firings
{
    private readonly ConcurrentQueue<Firing> _all = new();
    private readonly ConcurrentDictionary<Guid, Task> _outcomes = new();
    private readonly SemaphoreSlim _fired = new(0);

    public IReadOnlyList<Firing> Of(Guid connector) => _all.Where(firing => firing.Connector == connector).ToArray();

    /// <summary>The next firing of a connector fails.</summary>
    public void FailOnce(Guid connector, Exception failure) => _outcomes[connector] = Task.FromException(failure);

    /// <summary>The next firing of a connector does not end before it is told to.</summary>
    public TaskCompletionSource Hang(Guid connector)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _outcomes[connector] = end.Task;
        return end;
    }

    public Task Outcome(Guid connector) => _outcomes.TryRemove(connector, out var outcome) ? outcome : Task.CompletedTask;

    public void Add(Firing firing)
    {
        _all.Enqueue(firing);
        _fired.Release();
    }

    /// <summary>Waits until a connector fired so many times.</summary>
    public async Task<IReadOnlyList<Firing>> Await(Guid connector, int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (Of(connector).Count < count)
            await _fired.WaitAsync(limit.Token);
        return Of(connector);
    }
}
