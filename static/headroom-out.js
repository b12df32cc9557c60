// Nobody is signed in here any more: the other tabs show no patient either.
new BroadcastChannel("headroom-alive").postMessage({ what: "signed out" });
