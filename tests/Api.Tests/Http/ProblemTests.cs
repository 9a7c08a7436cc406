using System.Net;
using System.Net.Http.Json;
using System.Text;
using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Http;

public sealed class ProblemTests(ApiHost host) : IClassFixture<ApiHost>
{
    [SkippableTheory]
    [InlineData("""{"name":"x","colour":"red"}""", "unknown_member", "#/colour")]
    [InlineData("""{"name":""", "invalid_json", "#/name")]
    [InlineData("""{"name":7}""", "invalid_json", "#/name")]
    [InlineData("""{"name":null}""", "invalid_json", "#/name")]
    [InlineData("""{}""", "missing_member", "#/name")]
    [InlineData("""{"name":"x","name":"y"}""", "invalid_json", "#/name")]
    [InlineData("""[]""", "invalid_json", "#")]
    [InlineData("", "missing_body", "#")]
    [InlineData("null", "missing_body", "#")]
    [InlineData("""{"name":"\ud800"}""", "invalid_json", "#/name")]
    public async Task A_body_that_cannot_be_taken_is_pointed_at(string json, string code, string pointer)
    {
        var problem = await Post("v1/queues", json, HttpStatusCode.BadRequest);

        var error = Assert.Single(problem.Errors);
        Assert.Equal((code, pointer), (error.Code, error.Pointer));
        Assert.Equal(code, problem.Code);
    }

    [SkippableTheory]
    [InlineData("{}")]
    [InlineData("""{"path":"s3://bucket/calls/"}""")]
    public async Task An_object_that_does_not_say_its_kind_is_pointed_at(string paths)
    {
        var problem = await Post(
            "v1/connectors/test", $$$"""{"name":"x","format":"quality-csv","source":{"region":"us-east-1","paths":{{{paths}}}}}""", HttpStatusCode.BadRequest);

        var error = Assert.Single(problem.Errors);
        Assert.Equal(("missing_member", "#/source/paths/kind"), (error.Code, error.Pointer));
    }

    [Fact]
    public void A_body_that_comes_too_slowly_has_a_code_of_its_own()
    {
        var problem = Api.Http.Problems.Of(new Microsoft.AspNetCore.Http.BadHttpRequestException("Too slow.", 408));
        Assert.Equal((408, "request_timeout"), (problem.Status, problem.Code));
    }

    [SkippableFact]
    public async Task Broken_JSON_says_where_it_breaks()
    {
        var problem = await Post("v1/queues", "{\n  \"name\": oops\n}", HttpStatusCode.BadRequest);
        Assert.Contains("line 2, byte 11", problem.Errors.Single().Detail, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Every_field_that_breaks_its_rule_is_named()
    {
        var problem = await Answer.Refused(422, "invalid", () => host.Admin.CreateTenantAsync(new NewTenant { Id = "Not A Slug", Name = " " }));
        Assert.Equal([("required", "#/name"), ("invalid_id", "#/id")], problem.Errors.Select(error => (error.Code, error.Pointer)));
    }

    [SkippableTheory]
    [InlineData("v1/queues?nmae=x", "unknown_parameter", "nmae")]
    [InlineData("v1/queues?limit=5&limit=6", "repeated_parameter", "limit")]
    [InlineData("v1/conversations?externalId=a&externalId=b", "repeated_parameter", "externalId")]
    [InlineData("v1/conversations?status=held&status=held", "repeated_parameter", "status")]
    [InlineData("v1/queues?limit=0", "invalid_limit", "limit")]
    [InlineData("v1/queues?limit=101", "invalid_limit", "limit")]
    [InlineData("v1/queues?limit=ten", "invalid_limit", "limit")]
    [InlineData("v1/queues?caller=x", "unknown_parameter", "caller")]
    public async Task A_parameter_that_cannot_be_taken_is_named(string path, string code, string parameter)
    {
        using var http = host.Http((await host.NewTenant()).Secret);
        using var response = await http.GetAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var error = (await response.Content.ReadFromJsonAsync<Problem>())!.Errors[0];
        Assert.Equal((code, parameter), (error.Code, error.Parameter));
    }

    [SkippableFact]
    public async Task A_parameter_with_control_characters_is_refused()
    {
        using var http = host.Http(ApiHost.AdminKey);
        using var response = await http.GetAsync("v1/admin/keys?tenant=a%00b");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [SkippableFact]
    public async Task A_body_of_more_than_a_mebibyte_is_too_large()
    {
        var problem = await Post("v1/queues", $$"""{"name":"{{new string('x', 1_048_577)}}"}""", HttpStatusCode.RequestEntityTooLarge);
        Assert.Equal("body_too_large", problem.Code);
    }

    [SkippableFact]
    public async Task Another_content_type_is_unsupported()
    {
        using var http = host.Http((await host.NewTenant()).Secret);
        using var response = await http.PostAsync("v1/queues", new StringContent("name: x", Encoding.UTF8, "application/yaml"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Equal("unsupported_media_type", (await response.Content.ReadFromJsonAsync<Problem>())!.Code);
    }

    [SkippableTheory]
    [InlineData("GET", "v1/nothing", HttpStatusCode.NotFound, "not_found")]
    [InlineData("GET", "v1/queues/not-a-guid", HttpStatusCode.NotFound, "not_found")]
    [InlineData("PATCH", "v1/queues", HttpStatusCode.MethodNotAllowed, "method_not_allowed")]
    public async Task What_is_not_there_is_a_problem_too(string method, string path, HttpStatusCode status, string code)
    {
        using var http = host.Http((await host.NewTenant()).Secret);
        using var response = await http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(code, (await response.Content.ReadFromJsonAsync<Problem>())!.Code);
    }

    private async Task<Problem> Post(string path, string json, HttpStatusCode expected)
    {
        using var http = host.Http((await host.NewTenant()).Secret);
        using var response = await http.PostAsync(path, new StringContent(json, Encoding.UTF8, "application/json"));
        Assert.Equal(expected, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return (await response.Content.ReadFromJsonAsync<Problem>())!;
    }
}
