using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using QualityIngest.Client;
using QualityIngest.Domain.Directory;

namespace QualityIngest.Api.Tests.Http;

public sealed class DefectTests(DefectTests.Broken host) : IClassFixture<DefectTests.Broken>
{
    [SkippableFact]
    public async Task A_defect_is_an_answer_without_details()
    {
        using var http = host.Http((await host.NewTenant()).Secret);
        using var response = await http.GetAsync("v1/agents");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        var problem = (await response.Content.ReadFromJsonAsync<Problem>())!;
        Assert.Equal("internal_error", problem.Code);
        Assert.NotEmpty(problem.TraceId!);
        Assert.DoesNotContain("at QualityIngest", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_database_that_is_gone_for_the_moment_asks_for_patience()
    {
        using var http = host.Http((await host.NewTenant()).Secret);
        using var response = await http.GetAsync("v1/queues");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter?.Delta);
        Assert.Equal("unavailable", (await response.Content.ReadFromJsonAsync<Problem>())!.Code);
    }

    /// <summary>An application without agents, whose queues look for a database that is gone.</summary>
    public sealed class Broken : ApiHost
    {
        /// <inheritdoc/>
        protected override void Configure(IServiceCollection services)
        {
            services.AddSingleton(new QueueDirectory(new(NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=nobody"))));
            services.AddSingleton(new AgentDirectory(null!, null!));
        }
    }
}
