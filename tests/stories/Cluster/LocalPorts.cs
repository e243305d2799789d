using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Tumbler.Stories.Tests.Cluster;

/// <summary>A run of ports that nobody listens on, below those that the kernel gives to clients.</summary>
internal sealed record LocalPorts(int Gateway)
{
    private const int Count = 40;

    public int FirstSilo => Gateway + 20;

    public int Postgres => Gateway + 30;

    public int Redis => Gateway + 31;

    public static LocalPorts Find()
    {
        while (true)
        {
            var first = RandomNumberGenerator.GetInt32(20_000, 32_000);
            if (Enumerable.Range(first, Count).All(IsFree))
                return new LocalPorts(first);
        }
    }

    /// <summary>As <c>deploy/local</c> takes them.</summary>
    public Dictionary<string, string?> Environment => new()
    {
        ["TUMBLER_LOCAL_PORT"] = Text(Gateway),
        ["TUMBLER_LOCAL_SILO_PORT"] = Text(FirstSilo),
        ["TUMBLER_LOCAL_POSTGRES_PORT"] = Text(Postgres),
        ["TUMBLER_LOCAL_REDIS_PORT"] = Text(Redis),
    };

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
