using System.Collections;
using System.Globalization;
using System.Reflection;
using Tumbler.Core.Tokens;

namespace Tumbler.Storage.Tests;

/// <summary>Everything that an object says in public, as text: two states are the same when these are. Knows nothing of
/// the rows that are tested with it, so a field that those forget shows.</summary>
internal static class Shape
{
    public static string Of(object? value) => value switch
    {
        null => "-",
        string text => $"'{text}'",
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        TimeSpan duration => duration.ToString("c", CultureInfo.InvariantCulture),
        ReadOnlyMemory<byte> bytes => Convert.ToHexString(bytes.Span),
        Core.ApiKeys.ApiKeyHash hash => hash.ToHex(),
        Jwk jwk => $"{jwk.Kid} {jwk.Algorithm} {string.Join(' ', jwk.Parameters)}",
        IDictionary map => "{" + string.Join(", ", Pairs(map).Order(StringComparer.Ordinal)) + "}",
        IEnumerable list => "[" + string.Join(", ", list.Cast<object?>().Select(Of)) + "]",
        IFormattable or Enum or bool => value.ToString()!,
        _ when value.GetType().IsValueType => value.ToString()!,
        _ => "(" + string.Join(", ", Members(value)) + ")",
    };

    private static IEnumerable<string> Pairs(IDictionary map) =>
        map.Keys.Cast<object>().Select(key => $"{Of(key)}: {Of(map[key])}");

    private static IEnumerable<string> Members(object value) => value.GetType()
        .GetProperties(BindingFlags.Instance | BindingFlags.Public)
        .OrderBy(property => property.Name, StringComparer.Ordinal)
        .Select(property => $"{property.Name}={Of(property.GetValue(value))}");
}
