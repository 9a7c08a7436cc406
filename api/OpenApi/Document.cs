using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace QualityIngest.Api.OpenApi;

/// <summary>The description of the API: served to anyone, since it holds nothing that the repository does not.</summary>
public static class Document
{
    private const string Name = "v1";

    /// <summary>Registers the document.</summary>
    public static IServiceCollection AddDocument(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.CreateSchemaReferenceId = SchemaNames.Of;
        options.AddSchemaTransformer<ClientProofSchemas>();
        options.AddOperationTransformer<Operations>();
        options.AddOperationTransformer<Statuses>();
        options.AddDocumentTransformer<Unions>();
        options.AddDocumentTransformer<Preface>();
        options.AddDocumentTransformer<Bounds>();
        options.AddDocumentTransformer<Webhooks>();
        options.AddDocumentTransformer<Descriptions>();
        options.AddDocumentTransformer<Examples>();
    });

    /// <summary>Serves <c>/openapi/v1.json</c>, <c>/openapi/v1.yaml</c> and, over them, <c>/swagger</c>.</summary>
    public static void MapDocument(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapOpenApi("/openapi/{documentName}.yaml");
        app.UseSwaggerUI(ui => ui.SwaggerEndpoint($"/openapi/{Name}.json", "QualityIngest")); // A key is forgotten with the page.
    }

    /// <summary>Writes the document as YAML, for the command <c>openapi --output FILE</c>, without starting anything.</summary>
    public static async Task<int> WriteDocument(this WebApplication app, string[] args)
    {
        if (args is not ["openapi", "--output", var file])
        {
            await Console.Error.WriteLineAsync("Usage: openapi --output FILE");
            return 2;
        }

        // Endpoints are known to the rest of the application from here on; usually that happens at the start.
        app.UseEndpoints(_ => { });
        var document = await app.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name).GetOpenApiDocumentAsync();
        await using var stream = File.Create(file);
        await document.SerializeAsync(stream, OpenApiSpecVersion.OpenApi3_1, OpenApiConstants.Yaml, CancellationToken.None);
        return 0;
    }
}
