using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tumbler.Bench.Growth;

/// <summary>All that was measured, as it is kept: <c>performance/growth.json</c>.</summary>
internal sealed record GrowthFigures(IReadOnlyList<GrowthPart> Parts)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    public static GrowthFigures Read(string folder) =>
        File.Exists(FileIn(folder)) ? JsonSerializer.Deserialize<GrowthFigures>(File.ReadAllText(FileIn(folder)), Format)! : new([]);

    public void Write(string folder)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FileIn(folder))!);
        File.WriteAllText(FileIn(folder), JsonSerializer.Serialize(this, Format) + "\n");
    }

    /// <summary>A part that was measured again takes its former place.</summary>
    /// <param name="order">Of the parts' names.</param>
    public GrowthFigures With(GrowthPart part, IReadOnlyList<string> order) =>
        new([.. Parts.Where(each => each.Name != part.Name).Append(part).OrderBy(each => order.ToList().IndexOf(each.Name))]);

    private static string FileIn(string folder) => Path.Combine(folder, "performance", "growth.json");
}
