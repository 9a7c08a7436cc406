using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Quartz;

namespace QualityIngest.Domain.Scheduling;

/// <summary>How schedules join an application.</summary>
public static class SchedulingServices
{
    /// <summary>
    /// Registers <see cref="Schedules"/>, <see cref="DatabaseClock"/> and the service that fires. The application registers an
    /// <see cref="IScheduledScan"/>, scoped or not, and starts its database before its hosted services.
    /// </summary>
    public static IServiceCollection AddScheduling(this IServiceCollection services, IConfiguration configuration) =>
        services.AddScheduling(SchedulingOptions.From(configuration), TimeProvider.System);

    /// <summary>Registers the same for a node with a clock of its own.</summary>
    internal static IServiceCollection AddScheduling(this IServiceCollection services, SchedulingOptions options, TimeProvider local)
    {
        var clock = new DatabaseClock(local);
        services.AddSingleton(options);
        services.AddSingleton(clock);
        services.AddSingleton<SchedulerAccess>();
        services.AddSingleton(provider => new Schedules(provider.GetRequiredService<SchedulerAccess>(), clock, options));
        services.AddHostedService<ScheduleRunner>();
        services.AddQuartz(quartz =>
        {
            quartz.UseTimeProvider(clock);
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = "quality-ingest";
                scheduler.InstanceId = $"{Environment.MachineName}-{Guid.NewGuid():n}";
                scheduler.IdleWaitTime = options.PollInterval;
            });
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(source => source.DataSourceFactory = provider => provider.GetRequiredService<NpgsqlDataSource>());
                store.UseClustering(cluster =>
                {
                    cluster.CheckinInterval = options.CheckinInterval;
                    cluster.CheckinMisfireThreshold = options.CheckinInterval;
                });
                store.ProvisionSchema();
                store.ConfigureStore(adopt =>
                {
                    adopt.TablePrefix = "quartz.qrtz_";
                    adopt.AcceptEnlistedTransactions = true;
                    adopt.StoreJobDataAsStrings = true;
                    adopt.MisfireThreshold = options.MissedAfter;
                });
            });
        });
        return services;
    }
}
