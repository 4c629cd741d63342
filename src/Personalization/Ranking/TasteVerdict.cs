namespace Personalization.Ranking;

/// <summary>What a person's choices say in all.</summary>
public enum TasteVerdict
{
    /// <summary>There are too few of them to say.</summary>
    TooEarly,

    /// <summary>They could be those of a coin: what was learnt foretells them no better than chance.</summary>
    LikeChance,

    /// <summary>They are foretold as well by what everybody likes.</summary>
    LikeEverybody,

    /// <summary>They follow a taste of their own.</summary>
    OfTheirOwn,
}
