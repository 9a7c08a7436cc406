using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Admin;

/// <summary>Whether a key's end lies ahead, the database's clock tells, as it does when the key is shown.</summary>
public sealed class ExpiryTests(ExpiryTests.Ahead host) : IClassFixture<ExpiryTests.Ahead>
{
    [SkippableFact]
    public async Task A_node_whose_clock_is_wrong_takes_the_ends_that_lie_ahead()
    {
        var tenant = await host.NewTenant();
        var soon = await host.Admin.CreateApiKeyAsync(Key(tenant, DateTimeOffset.UtcNow.AddMinutes(10)));
        await host.Client(soon.Secret).ListQueuesAsync();

        var past = await Answer.Refused(422, "invalid", () => host.Admin.CreateApiKeyAsync(Key(tenant, DateTimeOffset.UtcNow.AddMinutes(-1))));
        Assert.Equal(("in_the_past", "#/expiresAt"), (past.Errors.Single().Code, past.Errors.Single().Pointer));
    }

    private static NewApiKey Key(TestTenant tenant, DateTimeOffset expiresAt) =>
        new() { Name = "Short", Tenant = tenant.Id, Scopes = ["connectors:read"], ExpiresAt = expiresAt };

    /// <summary>A host whose clock is 20 minutes ahead.</summary>
    public sealed class Ahead : ApiHost
    {
        /// <inheritdoc/>
        protected override void Configure(IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new Clock()));

        private sealed class Clock : TimeProvider
        {
            public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromMinutes(20);
        }
    }
}
