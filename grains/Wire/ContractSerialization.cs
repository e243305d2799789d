using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Serialization.Cloning;
using Tumbler.Contracts.Calls;

namespace Tumbler.Grains.Wire;

/// <summary>Requests and answers travel between silos as JSON, so that contracts know nothing of Orleans. An older silo
/// ignores members that it does not know, and reads those that it misses as their defaults: that is what lets two versions
/// run side by side.</summary>
internal static class ContractSerialization
{
    private static readonly Assembly Contracts = typeof(CallContext).Assembly;

    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.General)
    {
        Converters = { new ResultConverters(), new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static void AddContracts(this ISerializerBuilder serializer)
    {
        serializer.AddJsonSerializer(Travels, isCopyable: _ => false, json => json.Configure(options => options.SerializerOptions = Json));
        serializer.Services.AddSingleton<IGeneralizedCopier, SharedCopier>();
    }

    internal static bool Travels(Type type) => type.Assembly == Contracts;
}
