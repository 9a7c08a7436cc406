using System.Globalization;
using System.Text.Json;
using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Types;
using QualityIngest.GraphQL.Validation;
using QualityIngest.GraphQL.Values;

namespace QualityIngest.GraphQL.Verdicts;

/// <summary>Judges documents in a schema.</summary>
internal sealed class Judge(Schema schema)
{
    /// <summary>What is wrong with a document.</summary>
    public string Validity(Request request)
    {
        var parsed = Parser.Parse(request.Document);
        var errors = parsed.Succeeded ? Validator.Validate(schema, parsed.Document) : [parsed.Error];
        return Answer.Of(writer => Answer.Errors(writer, errors));
    }

    /// <summary>The values of the variables of a valid document's operation, and those of its first field's arguments.</summary>
    public string Values(Request request)
    {
        var operation = Parser.Parse(request.Document).Document!.Operations.Single();
        var variables = Coercion.Variables(schema, operation, request.Variables);
        var errors = new List<GraphQLError>(variables.Errors);
        IReadOnlyDictionary<string, object?>? arguments = null;
        if (errors.Count == 0 && operation.Selections.Selections[0] is FieldNode field)
            arguments = Coercion.Arguments(Types.Introspection.Find(schema, schema.Query, field.Name.Value)!.Arguments, field.Arguments, variables.Values, errors);
        return Answer.Of(writer =>
        {
            if (errors.Count > 0)
            {
                Answer.Errors(writer, errors);
                return;
            }
            writer.WritePropertyName("variables");
            Write(writer, variables.Values);
            writer.WritePropertyName("arguments");
            Write(writer, arguments);
        });
    }

    /// <summary>What the fields of introspection of a valid document's operation answer.</summary>
    public string Introspection(Request request)
    {
        var document = Parser.Parse(request.Document).Document!;
        var operation = document.Operations.Single();
        var variables = Coercion.Variables(schema, operation, request.Variables);
        var errors = new List<GraphQLError>(variables.Errors);
        return Answer.Of(writer =>
        {
            writer.WriteStartObject("data");
            foreach (var same in operation.Selections.Selections.Cast<FieldNode>().GroupBy(f => f.ResponseKey))
            {
                writer.WritePropertyName(same.Key);
                writer.WriteRawValue(Types.Introspection.Answer(schema, document, [.. same], variables.Values, 1 << 25, errors).Span);
            }
            writer.WriteEndObject();
            Answer.Errors(writer, errors);
        });
    }

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case bool yes: writer.WriteBooleanValue(yes); break;
            case int whole: writer.WriteNumberValue(whole); break;
            case double number: writer.WriteNumberValue(number); break;
            case long whole: writer.WriteStringValue(whole.ToString(CultureInfo.InvariantCulture)); break;
            case decimal number: writer.WriteStringValue(number.ToString("0.############################", CultureInfo.InvariantCulture)); break;
            case DateTime time: writer.WriteStringValue(time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)); break;
            case DateOnly date: writer.WriteStringValue(date.ToString("O", CultureInfo.InvariantCulture)); break;
            case EnumMember word: writer.WriteStringValue(word.Name); break;
            case string text: writer.WriteStringValue(text); break;
            case Guid id: writer.WriteStringValue(id); break;
            case IReadOnlyDictionary<string, object?> members:
                writer.WriteStartObject();
                foreach (var (name, member) in members)
                {
                    writer.WritePropertyName(name);
                    Write(writer, member);
                }
                writer.WriteEndObject();
                break;
            case IReadOnlyList<object?> items:
                writer.WriteStartArray();
                foreach (var item in items)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            default: throw new NotSupportedException($"{value.GetType()} is none of the values that coercion promises.");
        }
    }
}
