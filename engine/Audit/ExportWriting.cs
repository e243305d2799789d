using System.Text;

namespace Tumbler.Engine.Audit;

/// <summary>What the files of an export are written with.</summary>
internal static class ExportWriting
{
    public static Task Write(this IExportDraft folder, string file, string text, CancellationToken stop) =>
        folder.Write(file, Encoding.UTF8.GetBytes(text), stop);

    public static async Task Write(this IExportDraft folder, string file, byte[] bytes, CancellationToken stop)
    {
        await using var stream = folder.Create(file);
        await stream.WriteAsync(bytes, stop);
    }

    public static async ValueTask WriteLine(this Stream file, byte[] line, CancellationToken stop)
    {
        await file.WriteAsync(line, stop);
        file.WriteByte((byte)'\n');
    }
}
