using System.Text;

namespace Tumbler.Contracts.Input;

/// <summary>How names of ours are written on the wire.</summary>
public static class Names
{
    /// <summary><c>SigningKey</c> → <c>signing_key</c>; all-capital names (<c>RS256</c>) stay as the field writes them.</summary>
    public static string SnakeCase<T>(T value) where T : struct, Enum => SnakeCase(value.ToString());

    /// <inheritdoc cref="SnakeCase{T}"/>
    public static string SnakeCase(string name)
    {
        if (!name.Any(char.IsLower))
            return name;

        var text = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (char.IsUpper(c) && text.Length > 0)
                text.Append('_');
            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }

    /// <summary><c>SigningKey</c> → <c>SIGNING_KEY</c>, the audit log's form.</summary>
    public static string UpperSnakeCase<T>(T value) where T : struct, Enum => SnakeCase(value).ToUpperInvariant();
}
