using System.Text.Json.Nodes;
using Personalization.Backends.Http;
using Personalization.Imagine.Backends;

namespace Personalization.Backends.AiHorde;

/// <summary>
/// How each model of the Horde wants to be asked for: as the operator has set, otherwise by the list of models that the Horde
/// itself goes by (AI-Horde-image-model-reference), otherwise by the model's name.
/// </summary>
internal sealed class HordeModels : IDisposable
{
    private const string HordeHost = "aihorde.net";

    // What the Horde reads (AI-Horde, horde/model_reference.py).
    private static readonly Uri HordesOwn = new("https://raw.githubusercontent.com/Haidra-Org/AI-Horde-image-model-reference/main/stable_diffusion.json");
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMinutes(10);

    private readonly AiHordeOptions _options;
    private readonly TimeProvider _time;
    private readonly Uri? _address;
    private readonly BackendClient? _client;
    private readonly SemaphoreSlim _turn = new(1);
    private volatile IReadOnlyDictionary<string, HordeModel>? _list;
    private long? _asked;
    private TimeSpan _pause;

    public HordeModels(string name, AiHordeOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _address = AddressOf(options);

        // Without the key, which is for the Horde alone.
        _client = _address is null ? null : new(name, options with { Url = new(_address, ".") }, time);
    }

    /// <summary>The address of the list; null for none.</summary>
    public static Uri? AddressOf(AiHordeOptions options) => options.ModelReference switch
    {
        AiHordeOptions.NoModelReference => null,
        { Length: > 0 } address => new(address),
        _ => IsHorde(options.Url!) ? HordesOwn : null,
    };

    /// <summary>Reads the list, once a day; after a failure, ten minutes later.</summary>
    /// <exception cref="BackendException">It cannot be read; the models are asked for by the list of before, or by their names.</exception>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (_client is null)
        {
            return;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_asked is not { } asked || _time.GetElapsedTime(asked) >= _pause)
            {
                (_asked, _pause) = (_time.GetTimestamp(), RetryInterval);
                _list = await ReadAsync(_client, cancellationToken);
                _pause = Lifetime;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>How a model is asked for.</summary>
    public HordeSettings Of(string model)
    {
        var set = ModelOptions.Of(_options, model);
        var known = _list?.GetValueOrDefault(model) ?? HordeModel.Unlisted(model);
        var family = set.Family ?? known.Family ?? ModelFamilyNames.Of(model) ?? ModelFamily.StableDiffusion15;
        return new(set, known, family, FamilyDefaults.Of(family, $"{model} {known.Baseline}"));
    }

    /// <summary>What the operator should know of a model; empty for nothing.</summary>
    public string NoticeOf(string model) => _list is { Count: > 0 } list && model.Length > 0 && !list.ContainsKey(model)
        ? $"the Horde's list of models does not have \"{model}\": see aihorde.net for the names"
        : "";

    public void Dispose()
    {
        _client?.Dispose();
        _turn.Dispose();
    }

    private async Task<IReadOnlyDictionary<string, HordeModel>> ReadAsync(BackendClient client, CancellationToken cancellationToken)
    {
        var answer = await client.GetAsync(_address!.Segments[^1], cancellationToken);
        var models = (answer.IsSuccess ? answer.Json() : throw answer.Refused()) as JsonObject ?? throw answer.Unexpected("is not a list of models");
        return models.Where(one => one.Value is JsonObject).ToDictionary(one => one.Key, one => HordeModel.In((JsonObject)one.Value!), StringComparer.Ordinal);
    }

    private static bool IsHorde(Uri url) => $".{url.Host}".EndsWith("." + HordeHost, StringComparison.OrdinalIgnoreCase);
}
