using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Grains.Wire;

namespace Tumbler.Grains.Tests.Wire;

public sealed class ContractSerializationTests : IDisposable
{
    private readonly ServiceProvider services = new ServiceCollection().AddSerializer(serializer => serializer.AddContracts()).BuildServiceProvider();

    public static TheoryData<Type> Roots => [.. Travelling.Roots];

    private Serializer Serializer => services.GetRequiredService<Serializer>();

    public void Dispose() => services.Dispose();

    [Theory]
    [MemberData(nameof(Roots))]
    public void What_crosses_to_another_silo_arrives_whole(Type type)
    {
        foreach (var sample in Samples.Of(type))
        {
            var arrived = Serializer.Deserialize<object>(Serializer.SerializeToArray<object>(sample));

            Assert.Equal(type, arrived.GetType());
            Assert.Equal(Shape(sample), Shape(arrived));
        }
    }

    [Fact]
    public void An_answer_of_an_older_silo_lacks_members_and_one_of_a_newer_silo_has_more()
    {
        var change = new CreateOrganization("acme", "Acme", "it@acme.example");
        var json = JsonSerializer.SerializeToNode(change, ContractSerialization.Json)!.AsObject();
        json.Remove(nameof(CreateOrganization.Name));
        json["OfTomorrow"] = new JsonObject { ["a"] = 1 };

        var read = json.Deserialize<CreateOrganization>(ContractSerialization.Json)!;

        Assert.Equal(("acme", null, "it@acme.example"), (read.Slug, read.Name, read.Email));
    }

    [Fact]
    public void Within_a_silo_nothing_is_copied()
    {
        var request = new RotateRing("graceful", "because");

        Assert.Same(request, services.GetRequiredService<DeepCopier>().Copy<object>(request));
    }

    [Fact]
    public void Only_contracts_travel() => Assert.ThrowsAny<Exception>(() => Serializer.SerializeToArray<object>(this));

    /// <summary>All of it, also what the wire's own form may have left out.</summary>
    private static string Shape(object? value) => value switch
    {
        null => "-",
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        string or Guid or TimeSpan or bool or int or long or double or Enum => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        JsonElement json => json.GetRawText(),
        byte[] bytes => Convert.ToHexString(bytes),
        ReadOnlyMemory<byte> bytes => Convert.ToHexString(bytes.Span),
        IEnumerable many => $"[{string.Join(",", many.Cast<object?>().Select(Shape))}]",
        _ when !Travelling.Members(value.GetType()).Any() => value.ToString()!,
        _ => $"{{{string.Join(",", Travelling.Members(value.GetType()).Select(member => $"{member.Name}:{Shape(member.GetValue(value))}"))}}}",
    };
}
