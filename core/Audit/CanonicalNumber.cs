using System.Buffers;
using System.Globalization;
using System.Text;

namespace Tumbler.Core.Audit;

/// <summary>Numbers of RFC 8785 §3.2.2.3: as ECMAScript's <c>Number::toString</c> writes a double.</summary>
public static class CanonicalNumber
{
    /// <exception cref="FormatException">Not a finite number: JSON has no word for it.</exception>
    public static string Format(double value)
    {
        if (!double.IsFinite(value))
            throw new FormatException("A number is beyond the range of a double.");
        if (value == 0)
            return "0";

        var (digits, point) = Shortest(Math.Abs(value));
        return (value < 0 ? "-" : "") + Layout(digits, point);
    }

    internal static void Write(IBufferWriter<byte> output, double value) =>
        Encoding.ASCII.GetBytes(Format(value), output);

    /// <summary>The fewest digits that read back as this very double, and where its decimal point stands among them.</summary>
    private static (string Digits, int Point) Shortest(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var e = text.IndexOf('E', StringComparison.Ordinal);
        var mantissa = e < 0 ? text : text[..e];
        var exponent = e < 0 ? 0 : int.Parse(text.AsSpan(e + 1), CultureInfo.InvariantCulture);

        var dot = mantissa.IndexOf('.', StringComparison.Ordinal);
        var point = (dot < 0 ? mantissa.Length : dot) + exponent;
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        var significant = digits.TrimStart('0');
        return (significant.TrimEnd('0'), point - (digits.Length - significant.Length));
    }

    // ECMA-262, Number::toString, steps 6 to 10, where `point` is its n and the number of digits its k.
    private static string Layout(string digits, int point)
    {
        if (point is > 0 and <= 21)
        {
            return digits.Length <= point
                ? digits.PadRight(point, '0')
                : $"{digits[..point]}.{digits[point..]}";
        }

        if (point is > -6 and <= 0)
            return $"0.{new string('0', -point)}{digits}";

        var fraction = digits.Length == 1 ? "" : $".{digits[1..]}";
        var sign = point > 0 ? "+" : "-";
        return $"{digits[0]}{fraction}e{sign}{Math.Abs(point - 1)}";
    }
}
