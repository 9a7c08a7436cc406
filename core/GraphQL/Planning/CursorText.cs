using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using QualityIngest.GraphQL.Catalogue;
using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Types;
using QualityIngest.GraphQL.Values;

namespace QualityIngest.GraphQL.Planning;

/// <summary>A cursor that a request gives.</summary>
internal sealed record CursorArgument(string Name, ValueSource Source, Order Order, Location At);

/// <summary>
/// Cursors: base64url of a JSON array of the order's name and the values of its columns. They are as opaque as they are
/// harmless: what somebody else writes into one is a place in a list of what they may see.
/// </summary>
internal static class CursorText
{
    private const int Longest = 8 * 1024;

    /// <summary>SQL that writes the cursor of a row.</summary>
    public static string Sql(Order order, RowScope row)
    {
        var values = order.Columns.Select(c => c.Kind switch
        {
            ScalarKind.DateTime => Leaf.Time(row.Sql(c.Sql)),
            ScalarKind.Decimal or ScalarKind.Date => $"{row.Sql(c.Sql)}::text",
            _ => row.Sql(c.Sql),
        });
        return $"translate(encode(convert_to(json_build_array('{order.Name}', {string.Join(", ", values)})::text, 'UTF8'), 'base64'), E'+/=\\n', '-_')";
    }

    /// <summary>The values of a cursor; null: it is none of this order.</summary>
    public static object?[]? Read(string text, Order order)
    {
        if (text.Length > Longest || !Base64Url.IsValid(text))
            return null;
        try
        {
            using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(text));
            if (json.RootElement.ValueKind != JsonValueKind.Array || json.RootElement.GetArrayLength() != order.Columns.Count + 1
                || json.RootElement[0].ValueKind != JsonValueKind.String || json.RootElement[0].GetString() != order.Name)
            {
                return null;
            }
            var values = new object?[order.Columns.Count];
            for (var i = 0; i < values.Length; i++)
            {
                if (!TryRead(json.RootElement[i + 1], order.Columns[i], out values[i]))
                    return null;
            }
            return values;
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            return null; // a text that is no Unicode
        }
    }

    private static bool TryRead(JsonElement json, OrderColumn column, out object? value)
    {
        value = null;
        switch (json.ValueKind, column.Kind)
        {
            case (JsonValueKind.Null, _):
                return column.Nullable;
            case (JsonValueKind.String, ScalarKind.String):
                value = json.GetString();
                return !((string)value!).Contains('\0', StringComparison.Ordinal);
            case (JsonValueKind.String, ScalarKind.Uuid) when LeafText.TryUuid(json.GetString()!, out var uuid):
                value = uuid;
                return true;
            case (JsonValueKind.String, ScalarKind.DateTime) when LeafText.TryDateTime(json.GetString(), out var time):
                value = time;
                return true;
            case (JsonValueKind.String, ScalarKind.Date) when LeafText.TryDate(json.GetString(), out var date):
                value = date;
                return true;
            case (JsonValueKind.String, ScalarKind.Decimal) when decimal.TryParse(json.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number):
                value = number;
                return true;
            case (JsonValueKind.Number, ScalarKind.Long) when json.TryGetInt64(out var whole):
                value = whole;
                return true;
            case (JsonValueKind.Number, ScalarKind.Int) when json.TryGetInt32(out var small):
                value = small;
                return true;
            case (JsonValueKind.Number, ScalarKind.Float):
                value = json.GetDouble();
                return true;
            case (JsonValueKind.String, ScalarKind.Float) when json.GetString() is "NaN" or "Infinity" or "-Infinity":
                value = double.Parse(json.GetString()!, CultureInfo.InvariantCulture);
                return true;
            case (JsonValueKind.True or JsonValueKind.False, ScalarKind.Boolean):
                value = json.GetBoolean();
                return true;
            default:
                return false;
        }
    }
}
