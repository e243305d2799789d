using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Tumbler.Bench.Micro;

/// <summary>What decides about costs besides our own code.</summary>
/// <param name="Processor">Its architecture, and for what it has instructions of its own: libraries choose their code by that.</param>
internal sealed record CountedWith(string Runtime, string OpenSsl, string Processor)
{
    private static readonly string[] Features = ["avx2", "bmi2", "sha_ni"];

    [SuppressMessage("Interoperability", "CA1416", Justification = "All of this is for Linux.")]
    public static CountedWith ThisMachine()
    {
        var version = SafeEvpPKeyHandle.OpenSslVersion;
        var openSsl = string.Create(CultureInfo.InvariantCulture, $"OpenSSL {version >> 28}.{(version >> 20) & 0xff}.{(version >> 4) & 0xff}");
        var has = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("flags", StringComparison.Ordinal))?.Split(' ') ?? [];
        return new CountedWith(
            RuntimeInformation.FrameworkDescription,
            openSsl,
            string.Join(' ', (string[])[RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(), .. Features.Intersect(has)]));
    }

    public void Write(StringBuilder text) => text.Append(CultureInfo.InvariantCulture, $"runtime {Runtime}\nopenssl {OpenSsl}\nprocessor {Processor}\n");
}
