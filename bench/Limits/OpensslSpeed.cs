using System.Diagnostics;
using System.Globalization;

namespace Tumbler.Bench.Limits;

/// <summary>RSA signatures that this machine can make, on all of its cores.</summary>
internal static class OpensslSpeed
{
    private const string Row = "rsa 2048 bits";

    /// <returns>2048-bit signatures a second.</returns>
    public static double Rsa2048(int seconds)
    {
        string[] arguments = ["speed", "-multi", $"{Environment.ProcessorCount}", "-seconds", $"{seconds}", "rsa2048"];
        using var process = Process.Start(new ProcessStartInfo("openssl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;

        // What it is doing, for people.
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        // rsa 2048 bits 0.000128s 0.000009s   7787.0 107697.0
        var row = output.Split('\n').SingleOrDefault(line => line.StartsWith(Row, StringComparison.Ordinal));
        return row?[Row.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, _, var signs, ..]
            ? double.Parse(signs, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"openssl speed: {output}");
    }
}
