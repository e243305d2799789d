using System.Collections;
using System.Globalization;
using Tumbler.Core.Privacy;

namespace Tumbler.Silo.Logging;

/// <summary>What a line or a scope says, as text and in pairs, redacted. Numbers, dates and the like are left as they are: a secret is a
/// text, or something that becomes one.</summary>
internal sealed class RedactedState : IReadOnlyList<KeyValuePair<string, object?>>
{
    private const string Template = "{OriginalFormat}";

    private readonly string text;
    private readonly KeyValuePair<string, object?>[] pairs;

    private RedactedState(string text, KeyValuePair<string, object?>[] pairs) => (this.text, this.pairs) = (text, pairs);

    public int Count => pairs.Length;

    public KeyValuePair<string, object?> this[int index] => pairs[index];

    public static RedactedState Of(object? state, string? message = null)
    {
        var text = message ?? Convert.ToString(state, CultureInfo.InvariantCulture) ?? "";
        if (state is not IEnumerable<KeyValuePair<string, object?>> values)
            return new(Redaction.Text(text), []);
        var pairs = new List<KeyValuePair<string, object?>>();
        foreach (var pair in values)
        {
            var redacted = Redacted(pair);
            pairs.Add(redacted);

            // The name is not in the message, the value is.
            if (redacted.Value is string shown && pair.Value is not null && Text(pair.Value) is { Length: > 0 } value && value != shown)
                text = text.Replace(value, shown, StringComparison.Ordinal);
        }

        return new(Redaction.Text(text), [.. pairs]);
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => pairs.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => pairs.GetEnumerator();

    public override string ToString() => text;

    private static KeyValuePair<string, object?> Redacted(KeyValuePair<string, object?> pair) => new(pair.Key, pair.Value switch
    {
        null or bool or byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal
            or Guid or DateTime or DateTimeOffset or TimeSpan or Enum => pair.Value,
        string template when pair.Key == Template => Redaction.Text(template),
        var value => Redaction.Value(pair.Key, Text(value)),
    });

    /// <summary>A list as a formatter would write it; one that never ends is nobody's.</summary>
    private static string Text(object value) => value is IEnumerable list and not string
        ? string.Join(", ", list.Cast<object?>().Take(100).Select(each => Convert.ToString(each, CultureInfo.InvariantCulture)))
        : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
