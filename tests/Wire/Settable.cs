using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using QualityIngest.Domain.Connectors;

namespace QualityIngest.Wire;

/// <summary>Lets connectors be read, which the API only writes: what they take from their settings goes into their settings.</summary>
internal static class Settable
{
    private static readonly PropertyInfo Settings = typeof(Connector).GetProperty(nameof(Connector.Settings))!;

    /// <summary>A modifier of how types are read.</summary>
    public static void Modify(JsonTypeInfo type)
    {
        if (type.Type != typeof(Connector))
            return;
        foreach (var member in type.Properties.Where(member => member.Set is null))
        {
            if (typeof(ConnectorSettings).GetProperty(member.Name, BindingFlags.IgnoreCase | BindingFlags.Public | BindingFlags.Instance) is { } setting)
                member.Set = (connector, value) => setting.SetValue(Of(connector), value);
        }
    }

    private static object Of(object connector)
    {
        if (Settings.GetValue(connector) is null)
            Settings.SetValue(connector, RuntimeHelpers.GetUninitializedObject(typeof(ConnectorSettings)));
        return Settings.GetValue(connector)!;
    }
}
