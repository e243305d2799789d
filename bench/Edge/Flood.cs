using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Tumbler.Bench.Load;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.ApiKeys;

namespace Tumbler.Bench.Edge;

/// <summary>20,000 requests a second with API keys that are none, each another one, half of them of organisations that are none, in turns with
/// made-up tokens of made-up keys. Made beforehand and pipelined over few connections, a few at a time: the sender is on the same machine, and what it
/// takes is missing there.</summary>
internal sealed class Flood(Silo silo)
{
    private const int Connections = 4, Batch = 5, PerSecond = 20_000;

    /// <summary>Of each connection: of so many batches none is like another.</summary>
    private const int Made = 2_000;

    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static readonly OrgSlug Known = OrgSlug.Parse("bench");

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds((double)Batch * Connections / PerSecond);

    private readonly byte[][][] batches =
        [.. Enumerable.Range(0, Connections).Select(_ => Enumerable.Range(0, Made).Select(_ => Requests(Batch)).ToArray())];

    /// <returns>How many were refused.</returns>
    public async Task<int> Run(TimeSpan time)
    {
        var counts = await Task.WhenAll(Enumerable.Range(0, Connections).Select(n => Task.Run(() => Send(batches[n], time))));
        return counts.Sum();
    }

    private async Task<int> Send(byte[][] made, TimeSpan time)
    {
        using var socket = new TcpClient { NoDelay = true };
        await socket.ConnectAsync(silo.Url.Host, silo.Url.Port);
        await using var stream = socket.GetStream();
        var (sent, watch) = (0, Stopwatch.StartNew());
        var reading = Count(stream);
        using var beat = new PeriodicTimer(Beat, TimeProvider.System);
        while (watch.Elapsed < time && await beat.WaitForNextTickAsync())
        {
            // By the clock: a beat that came late is made up for.
            for (var due = Math.Min((int)(watch.Elapsed / Beat) - sent, 40); due > 0; due--)
                await stream.WriteAsync(made[sent++ % Made]);
        }

        await stream.WriteAsync("GET /flood-is-over HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"u8.ToArray());
        return await reading;
    }

    private static OrgSlug MadeUp() => OrgSlug.Parse(RandomNumberGenerator.GetString(Digits, 12));

    private static byte[] Requests(int count)
    {
        var text = new StringBuilder();
        for (var n = 0; n < count; n++)
        {
            var key = n % 2 == 0
                ? $"X-API-Key: {ApiKeyText.Create(n % 4 == 0 ? Known : MadeUp(), RandomNumberGenerator.Fill).Reveal()}"
                : $"Authorization: Bearer eyJhbGciOiJFUzI1NiIsImtpZCI6I{RandomNumberGenerator.GetString(Digits, 48)}.e30.{RandomNumberGenerator.GetString(Digits, 86)}";
            text.Append(CultureInfo.InvariantCulture, $"GET /api/v1/organizations/bench HTTP/1.1\r\nHost: x\r\n{key}\r\n\r\n");
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>401 and 429 among the answers; a status line may lie across two reads.</summary>
    private static async Task<int> Count(NetworkStream stream)
    {
        var (buffer, kept, refused) = (new byte[64 * 1024], 0, 0);
        while (await stream.ReadAsync(buffer.AsMemory(kept)) is > 0 and var read)
        {
            var text = buffer.AsSpan(0, kept + read);
            refused += text.Count("HTTP/1.1 401 "u8) + text.Count("HTTP/1.1 429 "u8);

            // Shorter than what is looked for, so that nothing is counted twice.
            kept = Math.Min(text.Length, "HTTP/1.1 401 ".Length - 1);
            text[^kept..].CopyTo(buffer);
        }

        return refused;
    }
}
