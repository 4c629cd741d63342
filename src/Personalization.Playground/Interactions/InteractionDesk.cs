using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Personalization.Playground.Gateway;
using Personalization.Playground.People;
using Personalization.Playground.Places;
using Personalization.Playground.Rest;

namespace Personalization.Playground.Interactions;

/// <summary>The interactions that people began, each answered first by one callback, and their tokens.</summary>
internal sealed class InteractionDesk(IOptions<PlaygroundOptions> options, InteractionEvent events, PlaceDirectory places, GatewayHub gateway, LiveHub live, TimeProvider time, Snowflakes ids)
{
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromMinutes(15);

    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, PendingInteraction> _interactions = [];
    private readonly Dictionary<string, PendingInteraction> _byToken = new(StringComparer.Ordinal);

    /// <summary>Sends something a person did to the bot; when it is not answered in time, they are told.</summary>
    public PendingInteraction Begin(InteractionDraft draft)
    {
        PendingInteraction interaction;
        lock (_lock)
        {
            var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(40));
            interaction = new(ids.Next(), token, draft.Type, draft.Person, draft.Place, time.GetTimestamp())
            {
                Locale = draft.Locale,
                Owners = draft.Owners,
                Command = draft.Type == InteractionType.Command ? draft.Command?["name"]!.ToString() : null,
                IsMenuCommand = draft.Command?["type"]?.GetValue<int>() is > 1,
                Target = draft.Target,
                SourceMessage = draft.Message is null ? null : ulong.Parse(draft.Message["id"]!.GetValue<string>()),
                Opener = draft.Opener,
            };
            Forget();
            _interactions.Add(interaction.Id, interaction);
            _byToken.Add(token, interaction);

            // Where the bot is no member, it hears as it does of direct messages.
            var guild = draft.Place.Guild is { HasBot: true } known ? known.Id : (ulong?)null;
            gateway.Send("INTERACTION_CREATE", events.Create(interaction, draft.Data, draft.Message), guild, intent: 0);
        }

        _ = FailLateAsync(interaction);
        return interaction;
    }

    /// <summary>The interaction, to be answered for the first time and in time.</summary>
    /// <exception cref="DiscordError">It is unknown, was answered before, or its time has passed.</exception>
    public PendingInteraction Answering(ulong id, string token)
    {
        lock (_lock)
        {
            if (!_interactions.TryGetValue(id, out var interaction) || interaction.Token != token)
            {
                throw DiscordError.UnknownInteraction;
            }

            if (interaction.IsAnswered)
            {
                throw DiscordError.AlreadyAcknowledged;
            }

            if (time.GetElapsedTime(interaction.StartedAt) > options.Value.AnswerWithin)
            {
                throw DiscordError.UnknownInteraction;
            }

            return interaction;
        }
    }

    /// <summary>Gives the one answer that an interaction takes; one that fails is none.</summary>
    /// <exception cref="DiscordError">It was answered before.</exception>
    public T Claim<T>(PendingInteraction interaction, Func<T> answer)
    {
        Claim(interaction);
        try
        {
            return answer();
        }
        catch
        {
            lock (_lock)
            {
                interaction.IsAnswered = false;
            }

            throw;
        }
    }

    /// <summary>Claims the one answer an interaction takes.</summary>
    /// <exception cref="DiscordError">It was claimed before.</exception>
    public void Claim(PendingInteraction interaction)
    {
        lock (_lock)
        {
            if (interaction.IsAnswered)
            {
                throw DiscordError.AlreadyAcknowledged;
            }

            interaction.IsAnswered = true;
        }
    }

    /// <summary>Completes the waiters of an interaction that was claimed.</summary>
    /// <param name="message">The message it was answered with; null for none.</param>
    /// <param name="choices">What was suggested for a value half typed; null for others.</param>
    public void Answered(PendingInteraction interaction, string outcome, JsonObject? message, JsonArray? choices)
    {
        lock (_lock)
        {
            interaction.OriginalMessage ??= message is null ? interaction.SourceMessage : ulong.Parse(message["id"]!.GetValue<string>());
            var data = new JsonObject { ["interaction"] = $"{interaction.Id}", ["outcome"] = outcome, ["message"] = message?.DeepClone() };
            if (choices is not null)
            {
                data["choices"] = choices.DeepClone();
            }

            interaction.Outcome.TrySetResult(data);
            live.SendTo(interaction.Person, "interaction_done", data.DeepClone());
        }
    }

    /// <summary>The interaction behind a webhook token.</summary>
    /// <exception cref="DiscordError">The token is unknown, or its fifteen minutes are over.</exception>
    public PendingInteraction ByToken(ulong applicationId, string token)
    {
        lock (_lock)
        {
            if (applicationId != places.Bot || !_byToken.TryGetValue(token, out var interaction) || !interaction.IsAnswered)
            {
                throw DiscordError.UnknownWebhook;
            }

            return time.GetElapsedTime(interaction.StartedAt) <= TokenLifetime ? interaction : throw DiscordError.InvalidWebhookToken;
        }
    }

    /// <summary>Shows a modal to the person.</summary>
    public void Open(PendingInteraction interaction, JsonObject modal)
    {
        lock (_lock)
        {
            interaction.Modal = modal;
            var shown = modal.DeepClone().AsObject();
            shown["id"] = $"{interaction.Id}";
            shown["interaction"] = $"{interaction.Id}";
            live.SendTo(interaction.Person, "modal", shown);
            interaction.Outcome.TrySetResult(new JsonObject { ["interaction"] = $"{interaction.Id}", ["outcome"] = "modal", ["modal"] = shown.DeepClone() });
        }
    }

    /// <summary>The interaction that opened a modal, which it holds; null where there is none.</summary>
    public PendingInteraction? OpenerOf(ulong modal)
    {
        lock (_lock)
        {
            return _interactions.TryGetValue(modal, out var interaction) && interaction.Modal is not null ? interaction : null;
        }
    }

    private async Task FailLateAsync(PendingInteraction interaction)
    {
        await Task.Delay(options.Value.AnswerWithin, time);
        lock (_lock)
        {
            if (interaction.IsAnswered)
            {
                return;
            }

            var data = new JsonObject { ["interaction"] = $"{interaction.Id}", ["outcome"] = "failed", ["message"] = "The application did not respond" };
            interaction.Outcome.TrySetResult(data);
            if (interaction.Type != InteractionType.Autocomplete)
            {
                live.SendTo(interaction.Person, "interaction_failed", data.DeepClone());
            }
        }
    }

    // Tokens long dead are of no use; one more day answers late calls as Discord does.
    private void Forget()
    {
        foreach (var old in _interactions.Values.Where(interaction => time.GetElapsedTime(interaction.StartedAt) > TimeSpan.FromDays(1)).ToList())
        {
            _interactions.Remove(old.Id);
            _byToken.Remove(old.Token);
        }
    }
}
